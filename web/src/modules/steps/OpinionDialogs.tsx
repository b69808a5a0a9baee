import { useState } from "react";
import { useDo } from "@/api/hooks";
import type { Day, Id, Party, Step } from "@/api/types";
import { t } from "@/texts";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { LongTextInput } from "@/ui/inputs";
import { PartiesPicker } from "@/ui/PartyPicker";
import { toast } from "@/ui/toast";
import { askOpinions, giveOpinion, ref, stepsChanged, urge } from "./calls";
import { DuePicker } from "./DuePicker";
import { Phrases } from "./Phrases";

export function AskOpinionDialog({ record, close }: { record: Id; close: () => void }) {
  const [to, setTo] = useState<Party[]>([]);
  const [text, setText] = useState("");
  const [due, setDue] = useState<Day | null>(null);
  const run = useDo(() => askOpinions(record, { to: to.map(ref), text: text.trim(), due }), () => {
    stepsChanged(record);
    toast.done(t("step.opinion_asked"));
    close();
  });
  const faults = run.error?.fields ?? {};
  return (
    <Dialog title={t("step.ask_opinion")} close={close} act={() => void run.run()} actLabel={t("step.ask_opinion")} running={run.running} blocked={to.length === 0 || !text.trim()} error={run.error}>
      <FieldBox label={t("step.ask_whom")} required error={faults.to}>
        {(id) => <PartiesPicker id={id} value={to} onChange={setTo} autoFocus />}
      </FieldBox>
      <FieldBox label={t("step.question")} required error={faults.text}>
        {(id) => <LongTextInput id={id} value={text} onChange={setText} maxLength={2000} />}
      </FieldBox>
      <DuePicker label={t("step.opinion_due")} value={due} onChange={setDue} error={faults.due} />
    </Dialog>
  );
}

export function OpinionDialog({ record, step, close }: { record: Id; step: Step; close: () => void }) {
  const [text, setText] = useState("");
  const run = useDo(() => giveOpinion(step.id, text.trim()), () => {
    stepsChanged(record);
    toast.done(t("step.opinion_given"));
    close();
  });
  return (
    <Dialog title={t("step.opinion")} close={close} act={() => void run.run()} actLabel={t("step.opinion_send")} running={run.running} blocked={!text.trim()} error={run.error}>
      {step.instruction && <div className="pre quiet">{step.instruction}</div>}
      <FieldBox label={t("step.opinion")} required error={run.error?.fields.text}>
        {(id) => <LongTextInput id={id} value={text} onChange={setText} rows={4} autoFocus />}
      </FieldBox>
      <Phrases text={text} onText={setText} />
    </Dialog>
  );
}

export function UrgeDialog({ record, step, close }: { record: Id; step: Step; close: () => void }) {
  const [text, setText] = useState(t("step.urge_text"));
  const run = useDo(() => urge(step.id, text.trim()), () => {
    stepsChanged(record);
    toast.done(t("step.urged", { who: step.to.label }));
    close();
  });
  return (
    <Dialog title={t("step.urge_who", { who: step.to.label })} close={close} act={() => void run.run()} actLabel={t("step.urge")} running={run.running} blocked={!text.trim()} error={run.error} width={480}>
      <FieldBox label={t("step.urge_words")} error={run.error?.fields.text}>
        {(id) => <LongTextInput id={id} value={text} onChange={setText} autoFocus />}
      </FieldBox>
    </Dialog>
  );
}
