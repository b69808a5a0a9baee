import { useState } from "react";
import { useDo } from "@/api/hooks";
import type { Id, Step, StepMay } from "@/api/types";
import { t } from "@/texts";
import { Confirm, ReasonDialog } from "@/ui/Confirm";
import { Button } from "@/ui/controls";
import { toast } from "@/ui/toast";
import { NumberChoice, numberOf } from "@/modules/registers/NumberChoice";
import { AssignDialog } from "./AssignDialog";
import { enterInBook, giveBack, stepsChanged, takeBack } from "./calls";
import { ExtendDialog, ExtensionDecisionDialog } from "./ExtensionDialogs";
import { HandOnDialog } from "./HandOnDialog";
import { FinishDialog } from "./FinishDialog";
import { OpinionDialog, UrgeDialog } from "./OpinionDialogs";
import "./steps.css";

export interface OfRecord {
  id: Id;
  version: number;
  title: string;
  may: { text: boolean };
}

export const order: StepMay[] = ["assign", "opinion", "finish", "enter_in_book", "hand_on", "extend", "decide_extension", "urge", "take_back", "return"];

const wordy: StepMay[] = ["opinion", "urge"];

/** What may be done with a step now; where no words may stand, nothing that is words alone. */
export const mayOn = (step: Step, record?: OfRecord) => step.may.filter((each) => record?.may.text !== false || !wordy.includes(each));

/** The buttons of what may be done with a step now. */
export function StepActs({ record, step }: { record: OfRecord; step: Step }) {
  const [doing, setDoing] = useState<StepMay | null>(null);
  const offered = mayOn(step, record);
  const may = order.filter((each) => offered.includes(each));
  if (may.length === 0) return null;
  return (
    <div className="acts">
      {may.map((each) => (
        <Button key={each} size="small" look={each === "return" ? "danger" : "plain"} onClick={() => setDoing(each)}>
          {t(`may.${each}`)}
        </Button>
      ))}
      {doing && <StepDialog record={record} step={step} doing={doing} close={() => setDoing(null)} />}
    </div>
  );
}

interface DialogProps {
  record: OfRecord;
  step: Step;
  doing: StepMay;
  first?: "text" | "lead";
  close: () => void;
}

export function StepDialog({ record, step, doing, first, close }: DialogProps) {
  const of = { record: record.id, step, close };
  switch (doing) {
    case "assign":
      return <AssignDialog record={record.id} version={record.version} title={record.title} words={record.may.text} step={step.id} within={step.due} first={first ?? "lead"} close={close} />;
    case "finish":
      return <FinishDialog {...of} />;
    case "extend":
      return <ExtendDialog {...of} />;
    case "decide_extension":
      return <ExtensionDecisionDialog {...of} />;
    case "opinion":
      return <OpinionDialog {...of} />;
    case "urge":
      return <UrgeDialog {...of} />;
    case "return":
      return <ReturnDialog {...of} />;
    case "take_back":
      return <TakeBackDialog {...of} />;
    case "hand_on":
      return <HandOnDialog {...of} words={record.may.text} />;
    case "enter_in_book":
      return <EnterInBookDialog {...of} />;
  }
}

function ReturnDialog({ record, step, close }: { record: Id; step: Step; close: () => void }) {
  const run = useDo((reason: string) => giveBack(step.id, reason), () => {
    stepsChanged(record);
    toast.done(t("step.returned"));
    close();
  });
  return <ReasonDialog title={t("step.return")} text={step.from ? t("step.return_to", { who: step.from.label }) : undefined} actLabel={t("step.return")} danger running={run.running} error={run.error} close={close} act={(reason) => void run.run(reason)} />;
}

function TakeBackDialog({ record, step, close }: { record: Id; step: Step; close: () => void }) {
  const run = useDo(() => takeBack(step.id), () => {
    stepsChanged(record);
    toast.done(t("step.taken_back"));
    close();
  });
  return <Confirm title={t("step.take_back")} text={t("step.take_back_text", { who: step.to.label })} actLabel={t("step.take_back")} danger running={run.running} error={run.error} close={close} act={() => void run.run()} />;
}

function EnterInBookDialog({ record, step, close }: { record: Id; step: Step; close: () => void }) {
  const [number, setNumber] = useState<number | null>(null);
  const book = step.unit_book;
  const run = useDo(() => enterInBook(step.id, numberOf(book?.reserved, number)), () => {
    stepsChanged(record);
    close();
  });
  const text = (
    <>
      {[t("step.enter_in_book_text", { who: step.to.label }), book ? t("step.unit_book_next", { book: book.label, number: String(book.number) }) : ""].join(" ").trim()}
      <NumberChoice reserved={book?.reserved} next={book?.number ?? ""} value={number} onChange={setNumber} error={run.error?.fields.number} />
    </>
  );
  return <Confirm title={t("may.enter_in_book")} text={text} actLabel={t("may.enter_in_book")} running={run.running} error={run.error} close={close} act={() => void run.run()} />;
}
