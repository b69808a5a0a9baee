import { useState, type ReactNode } from "react";
import type { RecordView, Step, StepMay } from "@/api/types";
import { useKeys } from "@/base/keys";
import { t } from "@/texts";
import { toast } from "@/ui/toast";
import { mayAssign } from "@/modules/records/may";
import { AssignDialog } from "./AssignDialog";
import { mayOn, StepDialog } from "./StepActs";

type First = "text" | "lead";

export interface StepDoing {
  may: (what: StepMay) => boolean;
  mayGive: boolean;
  begin: (what: StepMay, first?: First) => () => void;
  dialog: ReactNode;
}

/** What can be done at once with one's step on a record, also from the keyboard: B instructs, C passes on, R gives back, H shows what belongs with it. */
export function useStepKeys(record: RecordView | undefined, step: Step | undefined, showLinks: () => void): StepDoing {
  const [doing, setDoing] = useState<{ what: StepMay; first?: First } | null>(null);
  const may = (what: StepMay) => Boolean(step && mayOn(step, record).includes(what));
  const mayGive = may("assign") || Boolean(record && mayAssign(record));
  const begin = (what: StepMay, first?: First) => () => {
    if (what === "assign" ? mayGive : may(what)) setDoing({ what, first });
    else toast.told(t("inbox.may_not"));
  };
  useKeys({ b: begin("assign", "text"), c: begin("assign", "lead"), r: begin("return"), h: showLinks });
  const close = () => setDoing(null);
  const dialog = record && doing && (
    <>
      {step && doing.what !== "assign" && <StepDialog record={record} step={step} doing={doing.what} close={close} />}
      {doing.what === "assign" && <AssignDialog record={record.id} version={record.version} title={record.title} words={record.may.text} step={may("assign") ? step?.id : undefined} within={may("assign") ? step?.due : undefined} first={doing.first} close={close} />}
    </>
  );
  return { may, mayGive, begin, dialog };
}

const flat = (steps: Step[]): Step[] => steps.flatMap((step) => [step, ...flat(step.children)]);

/** The step one came for, else the first one has something to do on. */
export function ownStep(steps: Step[] | undefined, wanted: number | undefined): Step | undefined {
  const all = flat(steps ?? []).filter((step) => step.may.some((what) => ["assign", "finish", "opinion", "return"].includes(what)));
  return all.find((step) => step.id === wanted) ?? all[0];
}
