import { useEffect, useState } from "react";
import { useNavigate } from "react-router-dom";
import { useDo } from "@/api/hooks";
import type { CheckAnswer, RecordAction, RecordView, Register } from "@/api/types";
import { showDay } from "@/base/dates";
import { t } from "@/texts";
import { Button, Dropdown } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { EllipsisOutlined } from "@/ui/icons";
import { useNarrow } from "@/ui/narrow";
import { toast } from "@/ui/toast";
import { isAssign, mayAssign } from "./may";
import { ActNeeds, givenAtFirst, isMissing, type Given } from "@/modules/registers/ActNeeds";
import { act, check, isHidden, recordChanged } from "@/modules/registers/calls";
import { NumberChoice, numberOf } from "@/modules/registers/NumberChoice";
import { stepsChanged } from "@/modules/steps/calls";
import { AssignDialog } from "@/modules/steps/AssignDialog";
import { OpenSupport } from "@/modules/steps/OpenSupport";
import { AskOpinionDialog } from "@/modules/steps/OpinionDialogs";

type Extra = "assign" | "propose" | "ask";

/** Refusals that say another has been quicker. */
const movedOn = ["records.changed_meanwhile", "records.not_in_state"];

/** What may be done with the record as it stands: the first of its primary acts is the page's one primary button. */
export function RecordActs({ record, register }: { record: RecordView; register: Register }) {
  const [doing, setDoing] = useState<RecordAction | null>(null);
  const [extra, setExtra] = useState<Extra | null>(null);
  const narrow = useNarrow();
  const extras: Extra[] = [...(mayAssign(record) ? (["assign"] as const) : []), ...(record.may.propose && (mayAssign(record) || !record.may.assign) ? (["propose"] as const) : []), ...(record.may.text && (record.may.assign || record.may.edit) ? (["ask"] as const) : [])];
  const declared = record.actions.filter((action) => !isAssign(action));
  // The declaration says which act comes first; where it doesn't, the first that does no harm, after assigning.
  const primary = declared.find((action) => register.actions.find((each) => each.code === action.code)?.primary) ?? (extras.includes("assign") ? undefined : declared.find((action) => !action.danger));
  const others = declared.filter((action) => action !== primary);
  const shown = narrow ? 0 : 3;
  const buttons = [
    ...extras.map((each) => ({ key: each, label: t(`record.act.${each}`), danger: false, run: () => setExtra(each) })),
    ...others.map((action) => ({ key: action.code, label: action.label, danger: action.danger, run: () => setDoing(action) })),
  ];
  const leading = primary ? buttons : buttons.slice(1);
  const first = primary ? { key: primary.code, label: primary.label, run: () => setDoing(primary) } : buttons[0];
  const plain = leading.filter((button) => !button.danger).slice(0, shown);
  const rest = leading.filter((button) => !plain.includes(button));
  return (
    <div className="row wrap">
      {plain.map((button) => (
        <Button key={button.key} onClick={button.run}>
          {button.label}
        </Button>
      ))}
      {rest.length > 0 && (
        <Dropdown menu={{ items: rest.map((button) => ({ key: button.key, label: button.label, danger: button.danger, onClick: button.run })) }} trigger={["click"]}>
          <Button icon={<EllipsisOutlined />} aria-label={t("record.more_acts")} />
        </Dropdown>
      )}
      {first && (
        <Button look="primary" onClick={first.run}>
          {first.label}
        </Button>
      )}
      {doing && <ActionDialog key={doing.code} record={record} register={register} action={doing} close={() => setDoing(null)} />}
      {extra === "assign" && <AssignDialog record={record.id} version={record.version} title={record.title} words={record.may.text} close={() => setExtra(null)} />}
      {extra === "propose" && <AssignDialog proposal record={record.id} version={record.version} title={record.title} words={record.may.text} close={() => setExtra(null)} />}
      {extra === "ask" && <AskOpinionDialog record={record.id} close={() => setExtra(null)} />}
    </div>
  );
}

interface Props {
  record: RecordView;
  register: Register;
  action: RecordAction;
  close: () => void;
}

/** An act asks for what it needs: fields of the record, a reason. */
function ActionDialog({ record, register, action, close }: Props) {
  const [given, setGiven] = useState<Given>(() => givenAtFirst(action.needs, register.fields, record.values));
  const [number, setNumber] = useState<number | null>(null);
  const numbered = register.actions.find((each) => each.code === action.code)?.number;
  const [book, setBook] = useState<CheckAnswer>();
  const [despite, setDespite] = useState(false);
  // Ending it over others' open work takes a reason, whatever the act itself needs.
  const needs = despite && !action.needs.some((need) => need.code === "reason") ? [...action.needs, { code: "reason", label: t("ui.reason"), is_field: false }] : action.needs;
  const navigate = useNavigate();
  useEffect(() => {
    // Without it the next number is taken, as ever.
    if (numbered) check(register.code, {}, record.id).then(setBook, () => undefined);
  }, [numbered, register.code, record.id]);
  const run = useDo(
    () => act(record.id, action.code, record.version, { arguments: { ...given.words, ...numberOf(book?.reserved, number), ...(despite ? { despite_open: true } : {}) }, values: given.values }),
    (changed) => {
      recordChanged(record.register, changed);
      stepsChanged(record.id);
      close();
      if (!isHidden(changed)) return toast.done(t("record.acted", { act: action.label }));
      toast.told(t("record.acted_hidden", { act: action.label }));
      navigate(`/registers/${record.register}`);
    },
  );
  const blocked = isMissing(needs, register.fields, given);
  return (
    <Dialog title={action.label} close={close} act={() => void run.run()} actLabel={action.label} danger={action.danger} running={run.running} blocked={blocked} error={run.error} width={520}>
      <div className="quiet two-lines">{record.title}</div>
      {action.by && <div className="small quiet">{t("record.act_by", { day: showDay(action.by) })}</div>}
      <NumberChoice reserved={book?.reserved} next={book?.next_number ?? ""} value={number} onChange={setNumber} error={run.error?.fields.number} />
      {(despite || run.error?.code === "records.steps_open") && <OpenSupport record={record.id} despite={despite} onDespite={setDespite} />}
      <ActNeeds needs={needs} fields={register.fields} given={given} shown={record.shown} onChange={setGiven} error={run.error} />
      {movedOn.includes(run.error?.code ?? "") && <div className="warn">{t("record.moved_on")}</div>}
    </Dialog>
  );
}
