import { useState } from "react";
import { Link } from "react-router-dom";
import { withQuery } from "@/api/client";
import { useGet } from "@/api/hooks";
import type { Page as PageOf, RecordFile, RecordView, Register, RegisterState, Row } from "@/api/types";
import { useKeys } from "@/base/keys";
import { dayOf, showDay } from "@/base/dates";
import { showCount } from "@/base/numbers";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { UrgencyBadge } from "@/ui/Badge";
import { CountLink } from "@/ui/CountLink";
import { Fault } from "@/ui/Fault";
import { FileDrop } from "@/ui/FileDrop";
import { useNarrow } from "@/ui/narrow";
import { Empty, State } from "@/ui/Panel";
import { FileView } from "@/ui/pdf/PdfView";
import { Button } from "@/ui/controls";
import { useRegister } from "@/modules/registers/calls";
import { DeskForm } from "./DeskForm";
import { groupsOf, useScanned, useWaiting, waitingStates, type Waiting } from "./queue";
import "./desk.css";

/** Bàn tiếp nhận: what came and what was accepted, the queue, the paper and the book side by side. */
export function IncomingDeskPage() {
  const register = useRegister("incoming");
  const narrow = useNarrow();
  if (narrow) {
    return (
      <Page title={t("desk.title")}>
        <Empty title={t("desk.no_phone")} action={<Link to="/registers/incoming">{t("desk.to_list")}</Link>}>
          {t("desk.no_phone_help")}
        </Empty>
      </Page>
    );
  }
  return <State of={register}>{(declared) => <Desk register={declared} />}</State>;
}

function Desk({ register }: { register: Register }) {
  const rows = useWaiting(register);
  const scanned = useScanned();
  const [chosen, setChosen] = useState<string | null>(null);
  /** What is being entered stays, though its file waits no longer. */
  const [held, setHeld] = useState<Waiting | null>(null);
  const [typing, setTyping] = useState(false);
  const states = waitingStates(register);
  const groups = groupsOf(rows.data ?? [], scanned.files, states, t("desk.scanned"));
  const items = groups.flatMap((group) => group.items);
  const at = Math.max(0, items.findIndex((item) => item.key === chosen));
  const current = held ?? items[at];
  const choose = (key: string | null, types = false) => {
    setHeld(null);
    setChosen(key);
    setTyping(types);
  };

  const move = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
    if (!next) return;
    choose(next.key);
    document.getElementById(next.key)?.scrollIntoView({ block: "nearest" });
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  /** What was entered leaves the queue; the next one takes its place. */
  const next = () => {
    const left = items.filter((item) => item.key !== current?.key);
    choose(left[Math.min(at, left.length - 1)]?.key ?? null, true);
  };

  return (
    <Page tall title={t("desk.title")} under={<span className="row wrap">{states.map((state) => <InState key={state.code} register={register} state={state} />)}</span>}>
      <div className="desk">
        <div>
          <FileDrop many compact waits text={t("desk.drop")} onStored={scanned.added} />
          {scanned.error && <Fault error={scanned.error} retry={scanned.retry} />}
          <div className="desk-queue" tabIndex={0} role="region" aria-label={t("desk.queue")}>
            <State of={rows} isEmpty={items.length === 0} empty={<Empty title={t("desk.empty")}>{t("desk.empty_help")}</Empty>}>
              {() =>
                groups.map((group) => (
                  <section key={group.code}>
                    <h2>
                      {group.label} ({group.items.length})
                    </h2>
                    <ul>
                      {group.items.map((item) => (
                        <li key={item.key}>
                          <button type="button" id={item.key} className="desk-item" aria-current={item.key === current?.key} onClick={() => choose(item.key)}>
                            <Item item={item} />
                          </button>
                        </li>
                      ))}
                    </ul>
                  </section>
                ))
              }
            </State>
          </div>
        </div>
        {current?.kind === "record" && <OfRecord key={current.key} register={register} item={current} next={next} typing={typing} />}
        {current?.kind === "file" && <OfFile key={current.key} register={register} item={current} next={next} typing={typing} made={() => setHeld(current)} drop={scanned.drop} />}
        {!current && (
          <div style={{ gridColumn: "2 / -1" }}>
            <Empty title={t("desk.empty")}>{t("desk.empty_help")}</Empty>
          </div>
        )}
      </div>
    </Page>
  );
}

/** How many wait in a state of the desk; it leads to their list. */
function InState({ register, state }: { register: Register; state: RegisterState }) {
  const asked = useGet<PageOf<Row>>(withQuery(`/registers/${register.code}/records`, { state: state.code, limit: 1 }));
  const count = asked.data?.count;
  return count ? <CountLink count={count} to={`/registers/${register.code}?state=${state.code}`} label={state.label} shown={`${state.label}: ${showCount(count)}`} /> : null;
}

function Item({ item }: { item: Waiting }) {
  if (item.kind === "file") return <span className="two-lines">{item.name}</span>;
  const { row } = item;
  const urgency = row.values.urgency;
  return (
    <>
      <span className="two-lines">{row.title}</span>
      <span className="row small quiet" style={{ gap: 6 }}>
        {urgency && <UrgencyBadge urgency={{ code: String(urgency), label: row.shown.urgency ?? String(urgency) }} />}
        <span className="one-line grow">{[row.shown.notation, row.shown.sender].filter(Boolean).join(" · ")}</span>
        <span className="number">{showDay(dayOf(row.created_at)).slice(0, 5)}</span>
      </span>
    </>
  );
}

function OfRecord({ register, item, next, typing }: { register: Register; item: Extract<Waiting, { kind: "record" }>; next: () => void; typing: boolean }) {
  const record = useGet<RecordView>(`/records/${item.row.id}`);
  return (
    <State of={record}>
      {(shown) => (
        <>
          <Files files={shown.files} />
          <DeskForm register={register} record={shown} next={next} typing={typing} />
        </>
      )}
    </State>
  );
}

interface OfFileProps {
  register: Register;
  item: Extract<Waiting, { kind: "file" }>;
  next: () => void;
  typing: boolean;
  made: () => void;
  drop: (file: number) => Promise<void>;
}

function OfFile({ register, item, next, typing, made, drop }: OfFileProps) {
  return (
    <>
      <div className="desk-file">
        <FileView file={{ file: item.file, name: item.name, media_type: item.mediaType, state: "stored" }} />
      </div>
      <DeskForm register={register} file={{ id: item.file, name: item.name }} next={next} typing={typing} made={made} drop={() => drop(item.file)} />
    </>
  );
}

function Files({ files }: { files: RecordFile[] }) {
  const [shown, setShown] = useState(0);
  const file = files[shown];
  if (!file) return <Empty title={t("files.none")}>{t("desk.no_file")}</Empty>;
  return (
    <div className="desk-file">
      {files.length > 1 && (
        <div className="row wrap" style={{ paddingBottom: 4 }}>
          {files.map((each, index) => (
            <Button key={each.attachment} size="small" aria-pressed={index === shown} look={index === shown ? "plain" : "quiet"} onClick={() => setShown(index)}>
              {each.role_label}
            </Button>
          ))}
        </div>
      )}
      <FileView key={file.file} file={file} />
    </div>
  );
}
