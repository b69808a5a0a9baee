import { lazy, Suspense, useEffect, useState } from "react";
import { useNavigate, useSearchParams } from "react-router-dom";
import { withQuery } from "@/api/client";
import { cache, useGet, usePages } from "@/api/hooks";
import { usePreferences } from "@/api/preferences";
import type { Box, InboxCounts, InboxRow, Part } from "@/api/types";
import { showCount } from "@/base/numbers";
import { useMenuLabel } from "@/frame/LeftMenu";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Button, Checkbox, IconButton } from "@/ui/controls";
import { DataList, type Key } from "@/ui/DataList";
import { CloseOutlined } from "@/ui/icons";
import { TextInput, useLater } from "@/ui/inputs";
import { useNarrow } from "@/ui/narrow";
import { Empty } from "@/ui/Panel";
import { Tabs } from "@/ui/Tabs";
import { Waiting } from "@/ui/Waiting";
import { see } from "@/modules/steps/calls";
import { InboxCard, narrowColumns, wideColumns } from "./columns";
import "./inbox.css";

const Preview = lazy(async () => ({ default: (await import("./Preview")).Preview }));

const boxes: Box[] = ["todo", "support", "inform", "watching", "unit", "done"];
const parts: Part[] = ["lead", "decide", "assign", "returned", "book"];

export function InboxPage() {
  const [parameters, setParameters] = useSearchParams();
  const box = (boxes as string[]).includes(parameters.get("box") ?? "") ? (parameters.get("box") as Box) : "todo";
  const part = box === "todo" ? parts.find((each) => each === parameters.get("part")) : undefined;
  const late = parameters.get("late") === "1";
  const [q, setQ] = useState(parameters.get("q") ?? "");
  const asked = useLater(q.trim());
  const [preferences, remember] = usePreferences();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const counts = useGet<InboxCounts>("/inbox/counts");
  const rows = usePages<InboxRow>(withQuery("/inbox", { box, part, late, q: asked }));
  const [step, setStep] = useState<number | null>(null);
  const [selected, setSelected] = useState<Set<Key>>(new Set());
  const previewing = !narrow && preferences.panes?.inbox !== 0;

  const current = rows.data?.find((row) => row.step === step) ?? rows.data?.[0];
  const go = (change: Record<string, string | null>) => {
    const next = new URLSearchParams(parameters);
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setParameters(next, { replace: true });
    setSelected(new Set());
    setStep(null);
  };
  // Of a unit only who heads one has something to look at.
  const shownBoxes = boxes.filter((each) => each !== "unit" || counts.data?.unit || box === "unit");
  const countOf = (each: Box) => counts.data?.[each];
  const title = useMenuLabel("/inbox") ?? t("inbox.title");
  const open = (row: InboxRow) => `/records/${row.record}?step=${row.step}`;

  return (
    <Page
      tall
      title={title}
      actions={
        !narrow && (rows.data?.length ?? 0) > 0 && (
          <Button size="small" look="quiet" onClick={() => remember({ panes: { ...preferences.panes, inbox: previewing ? 0 : 1 } })}>
            {previewing ? t("inbox.hide_preview") : t("inbox.show_preview")}
          </Button>
        )
      }
    >
      <Tabs
        label={t("inbox.title")}
        active={box}
        onChange={(key) => go({ box: key, part: null, late: null })}
        items={shownBoxes.map((each) => ({ key: each, label: countOf(each) ? `${t(`inbox.box.${each}`)} (${showCount(countOf(each)!)})` : t(`inbox.box.${each}`) }))}
      />
      <div className="box-tools">
        <span className="find">
          <TextInput value={q} onChange={setQ} type="search" label={t("inbox.find")} placeholder={t("inbox.find")} clear />
        </span>
        <Checkbox checked={late} onChange={(event) => go({ late: event.target.checked ? "1" : null })}>
          {t("inbox.only_late")} {box === "todo" && !part && counts.data && counts.data.late.number > 0 && `(${showCount(counts.data.late)})`}
        </Checkbox>
        {part && (
          <span className="chip">
            {t(`inbox.part.${part}`)}
            <IconButton name={t("inbox.part.all", { part: t(`inbox.part.${part}`) })} icon={<CloseOutlined />} size="small" onClick={() => go({ part: null })} />
          </span>
        )}
      </div>
      <div className={`split ${previewing && current ? "with-preview" : ""}`}>
        <DataList
          label={t(`inbox.box.${box}`)}
          columns={previewing ? narrowColumns(box) : wideColumns(box)}
          linked="title"
          fixed
          rows={rows}
          rowKey={(row) => row.step}
          href={open}
          current={current?.step}
          onCurrent={(row) => setStep(row.step)}
          onOpen={(row) => navigate(open(row))}
          unseen={(row) => !row.seen}
          selected={selected}
          onSelected={setSelected}
          strip={<SeenButton steps={selected} after={() => setSelected(new Set())} />}
          remember={previewing ? undefined : "inbox"}
          card={(row) => <InboxCard row={row} box={box} />}
          empty={
            q || late ? (
              <Empty title={t("inbox.none_found")}>{t("inbox.none_found_help")}</Empty>
            ) : part ? (
              <Empty title={t(`inbox.none_part.${part}`)}>{t(`inbox.empty_part.${part}`)}</Empty>
            ) : (
              <Empty title={t(`inbox.none.${box}`)}>{t(`inbox.empty.${box}`)}</Empty>
            )
          }
        />
        {previewing && current && (
          <Suspense fallback={<Waiting />}>
            <Preview key={current.step} row={current} />
          </Suspense>
        )}
      </div>
    </Page>
  );
}

/** Ticks off what was only to be read. */
function SeenButton({ steps, after }: { steps: Set<Key>; after: () => void }) {
  const [running, setRunning] = useState(false);
  useEffect(() => () => setRunning(false), []);
  const run = async () => {
    setRunning(true);
    await Promise.allSettled([...steps].map((step) => see(Number(step))));
    cache.invalidate("/inbox");
    setRunning(false);
    after();
  };
  return (
    <Button size="small" onClick={() => void run()} loading={running}>
      {t("inbox.mark_seen")}
    </Button>
  );
}
