import { useEffect, useRef, useState } from "react";
import { onForget } from "@/api/forget";
import { useDo } from "@/api/hooks";
import type { Id, RecordAction, RecordView, Register, Values } from "@/api/types";
import { useKeys } from "@/base/keys";
import { t } from "@/texts";
import { ReasonDialog } from "@/ui/Confirm";
import { Button } from "@/ui/controls";
import { Fault } from "@/ui/Fault";
import { useFirstField } from "@/ui/faulty";
import { toast } from "@/ui/toast";
import { act, isHidden, recordChanged } from "@/modules/registers/calls";
import { FormSections } from "@/modules/registers/FormSections";
import { NewFiles } from "@/modules/registers/NewFiles";
import { NumberChoice, numberOf } from "@/modules/registers/NumberChoice";
import type { Waiting } from "@/modules/registers/NewRecordPage";
import { useMaking } from "@/modules/registers/useMaking";
import { changed, sendable, useRecordForm, useRefusal } from "@/modules/registers/useRecordForm";
import { Warnings } from "@/modules/registers/Warnings";

interface Props {
  register: Register;
  /** A document that waits in the register already; else a scanned file of which one is made. */
  record?: RecordView;
  file?: { id: Id; name: string };
  next: () => void;
  /** The file stands on a record now, and is still to be entered in the book: it stays in sight until it is. */
  made?: () => void;
  drop?: () => Promise<void>;
  /** The first field has the focus: one goes on typing where the last document was entered. */
  typing?: boolean;
}

/** The act that enters a document in the book. */
export const entering = (actions: RecordAction[]) => actions.find((action) => action.code === "register");

/** The act by which a document that came is taken over, to be entered later. */
export const accepting = (actions: RecordAction[]) => actions.find((action) => action.code === "accept");

/** What was typed of each item and not entered yet, so that a look at another loses nothing; of a record only while it is as it was. */
const drafts = new Map<string, { version: number; values: Values }>();
onForget(() => drafts.clear());

/** The form in the order of the book, the number that comes next, the twins, and one key: Vào sổ và tiếp. */
export function DeskForm({ register, record, file, next, made: onMade, drop, typing }: Props) {
  const item = record ? `record ${record.id}` : `file ${file?.id}`;
  const version = record?.version ?? 0;
  const [initial] = useState<Values>(() => {
    const draft = drafts.get(item);
    return draft?.version === version ? draft.values : (record?.values ?? {});
  });
  const form = useRecordForm(register, initial, record?.id);
  useEffect(() => {
    drafts.set(item, { version, values: form.values });
  }, [item, version, form.values]);
  const [files, setFiles] = useState<Waiting[]>(() => (file ? [{ file: file.id, name: file.name, role: "main", title: file.name.replace(/\.[^.]+$/, "") }] : []));
  const [number, setNumber] = useState<number | null>(null);
  const [returning, setReturning] = useState<RecordAction | null>(null);
  const making = useMaking(register);
  const sections = useFirstField<HTMLDivElement>(item, typing === true);
  const made = useRef<RecordView | undefined>(record);

  const enter = useDo(
    async () => {
      const values = made.current ? changed(register, made.current.values, form.values) : {};
      if (!made.current) {
        made.current = await making.make({ values: sendable(register, form.values), files: files.map(({ file: id, role, title }) => ({ file: id, role, title })) });
        onMade?.();
      }
      // What is above the clerk's clearance is entered in its book by its keeper.
      if (isHidden(made.current)) return made.current;
      const action = entering(made.current.actions);
      // A book may give its number when the record is made: then there is nothing more to do.
      return action ? act(made.current.id, action.code, made.current.version, { values, arguments: numberOf(form.answer?.reserved, number) }) : made.current;
    },
    (entered) => {
      drafts.delete(item);
      const hidden = isHidden(entered);
      const number = register.book && !hidden ? entered.shown[register.book.field] : undefined;
      if (hidden) toast.told(t("record.saved_hidden"));
      else toast.done(number ? t("desk.entered", { number }) : t("record.saved", { title: entered.title }));
      next();
      recordChanged(register.code, entered);
    },
  );
  const putAway = useDo(async () => drop?.(), next);
  const giveBack = useDo(
    (reason: string) => act(record!.id, returning!.code, record!.version, { arguments: { reason } }),
    (changed) => {
      setReturning(null);
      next();
      recordChanged(register.code, changed);
    },
  );
  const accepts = record && accepting(record.actions);
  const accept = useDo(
    () => act(record!.id, accepts!.code, record!.version, { values: changed(register, record!.values, form.values) }),
    (accepted) => {
      drafts.delete(item);
      toast.done(t("desk.accepted"));
      next();
      recordChanged(register.code, accepted);
    },
  );
  // Who may not enter it in the book only looks.
  const may = record ? entering(record.actions) !== undefined : register.may.create;
  const run = () => {
    if (!may) return;
    form.showAll();
    void enter.run();
  };
  const refusing = record?.actions.find((action) => action.danger);
  useKeys({ "Ctrl+Enter": run, r: refusing && (() => setReturning(refusing)) });
  useRefusal(form, enter.error);
  const nextNumber = form.answer?.next_number;

  return (
    <div>
      {nextNumber != null && (
        <div className="desk-number">
          <span className="quiet">{t("desk.next_number")}</span> <b>{nextNumber}</b>
        </div>
      )}
      <NumberChoice reserved={form.answer?.reserved} next={nextNumber ?? ""} value={number} onChange={setNumber} error={enter.error?.fields.number} />
      <Warnings warnings={form.answer?.warnings} />
      <div className="desk-form" ref={sections} tabIndex={0} role="region" aria-label={t("desk.form")}>
        <FormSections register={register} columns={2} form={form} shown={record?.shown} state={record?.state.code} />
        {file && <NewFiles files={files} onChange={setFiles} />}
      </div>
      {making.found && <div className="warn" role="status">{t("record.lost", { title: making.found.title })}</div>}
      <Fault error={enter.error ?? accept.error ?? putAway.error} />
      <div className="row wrap">
        {may && (
          <Button look="primary" onClick={run} loading={enter.running}>
            {t("desk.enter")} <kbd style={{ color: "var(--text)" }}>Ctrl+Enter</kbd>
          </Button>
        )}
        {accepts && <Button onClick={() => { form.showAll(); void accept.run(); }} loading={accept.running}>{accepts.label}</Button>}
        {refusing && <Button onClick={() => setReturning(refusing)}>{refusing.label}</Button>}
        {drop && (
          <Button look="quiet" loading={putAway.running} onClick={() => void putAway.run()}>
            {t("desk.drop_file")}
          </Button>
        )}
      </div>
      {returning && <ReasonDialog title={returning.label} actLabel={returning.label} danger running={giveBack.running} error={giveBack.error} close={() => setReturning(null)} act={(reason) => void giveBack.run(reason)} />}
    </div>
  );
}
