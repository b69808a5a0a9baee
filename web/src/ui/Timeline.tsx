import { useState } from "react";
import type { HistoryEntry } from "@/api/types";
import { showInstant } from "@/base/dates";
import { t } from "@/texts";
import { Button } from "./controls";

/** What happened, newest first, with the values before and after. */
export function Timeline({ entries }: { entries: HistoryEntry[] }) {
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <Entry key={entry.entry} entry={entry} />
      ))}
    </ol>
  );
}

/** What was said with an act; the rest of its details are codes. */
function wordsOf(details: unknown): string[] {
  if (typeof details === "string") return details ? [details] : [];
  if (!details || typeof details !== "object") return [];
  const said = details as Record<string, unknown>;
  return ["reason", "text", "instruction", "opinion"].flatMap((name) => (typeof said[name] === "string" && said[name] ? [said[name]] : []));
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const [open, setOpen] = useState(false);
  const changes = entry.changes ?? [];
  return (
    <li>
      <div>
        <span className="strong">{entry.action_label}</span> <span className="small quiet number">{showInstant(entry.at)}</span>
      </div>
      <div className="quiet">
        {[entry.person, entry.post].filter(Boolean).join(", ")}
        {entry.on_behalf_of && ` · ${t("history.on_behalf", { person: entry.on_behalf_of })}`}
      </div>
      {wordsOf(entry.details).map((words) => (
        <div key={words} className="pre">{words}</div>
      ))}
      {changes.length > 0 && (
        <Button size="small" look="quiet" aria-expanded={open} onClick={() => setOpen(!open)} style={{ padding: 0, color: "var(--accent)" }}>
          {open ? t("history.hide") : t("history.changes", { count: changes.length })}
        </Button>
      )}
      {open && <Changes changes={changes} />}
    </li>
  );
}

export function Changes({ changes }: { changes: NonNullable<HistoryEntry["changes"]> }) {
  return (
    <table className="changes">
      <thead>
        <tr>
          <th scope="col">{t("history.field")}</th>
          <th scope="col">{t("history.before")}</th>
          <th scope="col">{t("history.after")}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field}>
            <th scope="row">{change.label}</th>
            <td><del>{change.before}</del></td>
            <td><ins>{change.after}</ins></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
