import { useState } from "react";
import { useDo } from "@/api/hooks";
import type { Id, Party, Step } from "@/api/types";
import { t } from "@/texts";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { LongTextInput } from "@/ui/inputs";
import { PartyPicker } from "@/ui/PartyPicker";
import { toast } from "@/ui/toast";
import { handOn, ref, stepsChanged } from "./calls";

/** One's own step goes to another, whole. */
export function HandOnDialog({ record, step, words, close }: { record: Id; step: Step; words: boolean; close: () => void }) {
  const [to, setTo] = useState<Party | null>(null);
  const [text, setText] = useState("");
  const run = useDo(() => handOn(step.id, ref(to!), text.trim()), () => {
    stepsChanged(record);
    toast.done(t("step.handed_on", { who: to?.label ?? "" }));
    close();
  });
  const faults = run.error?.fields ?? {};
  return (
    <Dialog title={t("may.hand_on")} close={close} act={() => void run.run()} actLabel={t("may.hand_on")} running={run.running} blocked={!to} error={run.error} width={480}>
      <FieldBox label={t("step.hand_on_to")} required error={faults.to}>
        {(id) => <PartyPicker id={id} value={to} onChange={setTo} autoFocus />}
      </FieldBox>
      {words && (
        <FieldBox label={t("step.instruction")} error={faults.instruction}>
          {(id) => <LongTextInput id={id} value={text} onChange={setText} rows={2} />}
        </FieldBox>
      )}
    </Dialog>
  );
}
