import { useState } from "react";
import { useDo } from "@/api/hooks";
import type { Day, Id, Step } from "@/api/types";
import { showDay } from "@/base/dates";
import { t } from "@/texts";
import { Radio } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { LongTextInput } from "@/ui/inputs";
import { toast } from "@/ui/toast";
import { decideExtension, extend, stepsChanged } from "./calls";
import { DuePicker } from "./DuePicker";

interface Props {
  record: Id;
  step: Step;
  close: () => void;
}

export function ExtendDialog({ record, step, close }: Props) {
  const [due, setDue] = useState<Day | null>(null);
  const [reason, setReason] = useState("");
  const run = useDo(() => extend(step.id, due!, reason.trim()), () => {
    stepsChanged(record);
    toast.done(t("step.extension_asked"));
    close();
  });
  const faults = run.error?.fields ?? {};
  return (
    <Dialog title={t("step.extend")} close={close} act={() => void run.run()} actLabel={t("step.extend")} running={run.running} blocked={!due || !reason.trim()} error={run.error}>
      {step.due && <div className="quiet">{t("step.due_now", { due: showDay(step.due) })}</div>}
      <DuePicker label={t("step.new_due")} value={due} onChange={setDue} error={faults.due} required />
      <FieldBox label={t("ui.reason")} required error={faults.reason}>
        {(id) => <LongTextInput id={id} value={reason} onChange={setReason} rows={2} />}
      </FieldBox>
    </Dialog>
  );
}

export function ExtensionDecisionDialog({ record, step, close }: Props) {
  const asked = step.extension;
  const [granted, setGranted] = useState(true);
  const [due, setDue] = useState<Day | null>(asked?.due ?? null);
  const [reason, setReason] = useState("");
  const run = useDo(() => decideExtension(step.id, { granted, due: granted ? due : undefined, reason: reason.trim() || undefined }), () => {
    stepsChanged(record);
    close();
  });
  const faults = run.error?.fields ?? {};
  return (
    <Dialog title={t("step.decide_extension")} close={close} act={() => void run.run()} running={run.running} blocked={granted ? !due : !reason.trim()} error={run.error}>
      {asked && <div className="pre">{t("step.extension_wish", { who: step.to.label, due: showDay(asked.due), reason: asked.reason })}</div>}
      <Radio.Group value={granted} onChange={(event) => setGranted(event.target.value)} aria-label={t("step.decide_extension")}>
        <Radio value={true}>{t("step.grant")}</Radio>
        <Radio value={false}>{t("step.refuse")}</Radio>
      </Radio.Group>
      {granted && <DuePicker label={t("step.new_due")} value={due} onChange={setDue} error={faults.due} required />}
      <FieldBox label={t("ui.reason")} required={!granted} error={faults.reason}>
        {(id) => <LongTextInput id={id} value={reason} onChange={setReason} rows={2} />}
      </FieldBox>
    </Dialog>
  );
}
