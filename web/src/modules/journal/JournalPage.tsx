import { useRef, useState } from "react";
import { Link, useSearchParams } from "react-router-dom";
import { address, withQuery } from "@/api/client";
import { useGet, usePages } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { HistoryEntry, JournalState } from "@/api/types";
import { showInstant } from "@/base/dates";
import { showInteger } from "@/base/numbers";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/controls";
import { DataList, type Column } from "@/ui/DataList";
import { FieldBox } from "@/ui/FieldBox";
import { DateInput } from "@/ui/DateInput";
import { SelectInput } from "@/ui/SelectInput";
import { Empty, State } from "@/ui/Panel";
import { PartyPicker } from "@/ui/PartyPicker";
import { Sheet } from "@/ui/Sheet";
import { Changes } from "@/ui/Timeline";
import type { Party } from "@/api/types";
import "./journal.css";

function columns(): Column<HistoryEntry>[] {
  return [
    { code: "at", label: t("journal.at"), width: 132, nowrap: true, render: (entry) => <span className="number">{showInstant(entry.at)}</span> },
    { code: "action", label: t("journal.action"), width: 200, render: (entry) => entry.action_label },
    { code: "person", label: t("journal.person"), width: 220, render: (entry) => [entry.person, entry.on_behalf_of && t("history.on_behalf", { person: entry.on_behalf_of })].filter(Boolean).join(" · ") },
    { code: "post", label: t("journal.post"), width: 200, optional: true, render: (entry) => entry.post },
    { code: "record", label: t("journal.record"), render: (entry) => entry.record?.title },
    { code: "entry", label: t("journal.entry"), width: 90, right: true, render: (entry) => showInteger(entry.entry) },
  ];
}

/** Who did what: filters, an entry whole, and the proof that nothing was taken out or changed. */
export function JournalPage() {
  const may = useSigned().session.permissions.includes("journal");
  if (may) return <Journal />;
  return (
    <Page title={t("journal.title")}>
      <Empty title={t("state.forbidden")} action={<Link to="/inbox">{t("frame.to_inbox")}</Link>}>
        {t("state.unseen_help")}
      </Empty>
    </Page>
  );
}

function Journal() {
  const [parameters, setParameters] = useSearchParams();
  const [person, setPerson] = useState<Party | null>(null);
  const action = parameters.get("action");
  const from = parameters.get("from");
  const to = parameters.get("to");
  const entries = usePages<HistoryEntry>(withQuery("/journal", { person: person?.id, action, from, to }));
  const [current, setCurrent] = useState<number | null>(null);
  const [open, setOpen] = useState<HistoryEntry | null>(null);
  const actions = useActions(entries.data ?? []);
  const go = (name: string, value: string | null) => {
    const next = new URLSearchParams(parameters);
    if (value) next.set(name, value);
    else next.delete(name);
    setParameters(next, { replace: true });
  };
  return (
    <Page tall title={t("journal.title")}>
      <Standing />
      <div className="journal-tools">
        <FieldBox label={t("journal.person")}>{(id) => <PartyPicker id={id} kinds="person" value={person} onChange={setPerson} placeholder={t("access.person_search")} />}</FieldBox>
        <FieldBox label={t("journal.action")}>{(id) => <SelectInput id={id} value={action} onChange={(code) => go("action", code)} options={actions} placeholder={t("journal.any_action")} />}</FieldBox>
        <FieldBox label={t("search.from")}>{(id) => <DateInput id={id} value={from} onChange={(day) => go("from", day)} />}</FieldBox>
        <FieldBox label={t("search.to")}>{(id) => <DateInput id={id} value={to} onChange={(day) => go("to", day)} />}</FieldBox>
      </div>
      <DataList
        label={t("journal.title")}
        columns={columns()}
        rows={entries}
        rowKey={(entry) => entry.entry}
        current={current}
        onCurrent={(entry) => {
          setCurrent(entry.entry);
          setOpen(entry);
        }}
        onOpen={setOpen}
        remember="journal"
        card={(entry) => (
          <>
            <span className="title">{entry.action_label}</span>
            <span className="two-lines">{entry.record?.title}</span>
            <span className="small quiet">{[showInstant(entry.at), entry.person].filter(Boolean).join(" · ")}</span>
          </>
        )}
        empty={<Empty title={t("journal.none")}>{t("journal.none_help")}</Empty>}
      />
      <Sheet title={open?.action_label ?? ""} open={open !== null} close={() => setOpen(null)} width={460}>
        {open && <Entry entry={open} />}
      </Sheet>
    </Page>
  );
}

/** The acts met so far, to choose from: an act's code means nothing to a reader. */
function useActions(entries: HistoryEntry[]) {
  const known = useRef(new Map<string, string>());
  for (const entry of entries) known.current.set(entry.action, entry.action_label);
  return [...known.current].map(([value, label]) => ({ value, label })).sort((one, other) => one.label.localeCompare(other.label, "vi"));
}

/** How long the journal is, its root, and when it was last proved whole. */
function Standing() {
  const state = useGet<JournalState>("/journal/state");
  return (
    <State of={state}>
      {(now) => (
        <div className="journal-state">
          <span>{t("journal.size", { size: showInteger(now.size) })}</span>
          {Boolean(now.waiting) && <span>{t("journal.waiting", { count: showInteger(now.waiting) })}</span>}
          {now.head_at ? <Badge tone="green">{t("journal.head", { at: showInstant(now.head_at) })}</Badge> : <Badge tone="amber">{t("journal.no_head")}</Badge>}
          {now.root && (
            <span className="quiet small" title={now.root}>
              {t("journal.root")} <code>{now.root.slice(0, 16)}…</code>
            </span>
          )}
        </div>
      )}
    </State>
  );
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const record = entry.record;
  return (
    <div className="column" style={{ gap: 12 }}>
      <dl className="facts">
        <dt>{t("journal.at")}</dt>
        <dd className="number">{showInstant(entry.at)}</dd>
        <dt>{t("journal.person")}</dt>
        <dd>{[entry.person, entry.post].filter(Boolean).join(", ")}</dd>
        {entry.on_behalf_of && (
          <>
            <dt>{t("journal.on_behalf")}</dt>
            <dd>{entry.on_behalf_of}</dd>
          </>
        )}
        {record && (
          <>
            <dt>{t("journal.record")}</dt>
            <dd><Link to={`/records/${record.id}?tab=history`}>{record.title}</Link></dd>
          </>
        )}
        <dt>{t("journal.code")}</dt>
        <dd><code>{entry.action}</code></dd>
        <dt>{t("journal.entry")}</dt>
        <dd className="number">{entry.entry}</dd>
      </dl>
      {entry.changes && entry.changes.length > 0 && <Changes changes={entry.changes} />}
      <div>
        <Button href={address(`/journal/entries/${entry.entry}/proof`)} download={`proof-${entry.entry}.json`}>
          {t("journal.proof")}
        </Button>
        <p className="small quiet" style={{ marginTop: 6 }}>{t("journal.proof_help")}</p>
      </div>
    </div>
  );
}
