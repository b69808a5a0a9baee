import { useState } from "react";
import { useDo } from "@/api/hooks";
import type { Day, Id, Party } from "@/api/types";
import { t } from "@/texts";
import { Checkbox } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { LongTextInput } from "@/ui/inputs";
import { PartiesPicker, PartyPicker } from "@/ui/PartyPicker";
import { toast } from "@/ui/toast";
import { assign, propose, ref, stepsChanged } from "./calls";
import { DuePicker } from "./DuePicker";
import { Phrases } from "./Phrases";

interface Props {
  record: Id;
  version: number;
  title: string;
  /** The step being passed on; absent: the record itself is given out. */
  step?: Id;
  /** The deadline of what is passed on: the one below begins with it. */
  within?: Day | null;
  /** B begins with the words, C with whom. */
  first?: "text" | "lead";
  /** The chief of office proposes and another decides. */
  proposal?: boolean;
  /** Words may stand on this server; a document above its ceiling goes without them. */
  words?: boolean;
  close: () => void;
}

/** Bút phê, phân công, chuyển xử lý: one sheet with the words, who leads, supports and is told, and until when. */
export function AssignDialog({ record, version, title, step, within = null, first = "text", proposal, words = true, close }: Props) {
  const [text, setText] = useState("");
  const [lead, setLead] = useState<Party[]>([]);
  const [support, setSupport] = useState<Party[]>([]);
  const [inform, setInform] = useState<Party[]>([]);
  const [decider, setDecider] = useState<Party | null>(null);
  const [due, setDue] = useState<Day | null>(within);
  const [mass, setMass] = useState(false);

  const give = useDo(
    async () => {
      const to = { lead: lead.map(ref), support: support.map(ref), inform: inform.map(ref) };
      if (proposal) await propose(record, { to: ref(decider!), text: words ? text : undefined, due, ...to });
      else await assign(record, { version, instruction: words ? text : undefined, due: due ?? undefined, step, mass, ...to });
    },
    () => {
      stepsChanged(record);
      toast.done(proposal ? t("step.proposed") : t("step.assigned"));
      close();
    },
  );
  const faults = give.error?.fields ?? {};
  const nobody = lead.length + support.length + inform.length === 0;
  const blocked = proposal ? !decider || (words && !text.trim()) : nobody;

  return (
    <Dialog
      title={proposal ? t("step.propose") : step ? t("step.forward") : t("step.assign")}
      close={close}
      act={() => void give.run()}
      actLabel={proposal ? t("step.propose_act") : t("step.assign_act")}
      running={give.running}
      blocked={blocked}
      error={give.error}
      width={640}
    >
      <div className="quiet two-lines">{title}</div>
      {proposal && (
        <FieldBox label={t("step.decider")} required error={faults.to}>
          {(id) => <PartyPicker id={id} kinds="post" value={decider} onChange={setDecider} />}
        </FieldBox>
      )}
      {words ? (
        <>
          <FieldBox label={proposal ? t("step.proposal_text") : t("step.instruction")} error={faults.instruction ?? faults.text}>
            {(id) => <LongTextInput id={id} value={text} onChange={setText} rows={2} autoFocus={first === "text"} maxLength={2000} />}
          </FieldBox>
          <Phrases text={text} onText={setText} />
        </>
      ) : (
        <div className="notice">{t("step.no_words")}</div>
      )}
      <FieldBox label={t("role.lead")} error={faults.lead} help={mass ? t("step.mass_help") : lead.length > 1 ? t("step.many_leads") : undefined}>
        {(id) => <PartiesPicker id={id} value={lead} onChange={setLead} autoFocus={first === "lead"} />}
      </FieldBox>
      <FieldBox label={t("role.support")} error={faults.support}>
        {(id) => <PartiesPicker id={id} value={support} onChange={setSupport} />}
      </FieldBox>
      <FieldBox label={t("role.inform")} error={faults.inform}>
        {(id) => <PartiesPicker id={id} value={inform} onChange={setInform} />}
      </FieldBox>
      <DuePicker value={due} onChange={setDue} error={faults.due} />
      {!proposal && (
        <Checkbox checked={mass} onChange={(event) => setMass(event.target.checked)}>
          {t("step.mass")}
        </Checkbox>
      )}
    </Dialog>
  );
}
