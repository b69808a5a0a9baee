import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router-dom";
import { useDo } from "@/api/hooks";
import { asError } from "@/api/error";
import type { RecordView, Register, Values } from "@/api/types";
import { showInstant } from "@/base/dates";
import { useKeys } from "@/base/keys";
import { t } from "@/texts";
import { Button } from "@/ui/controls";
import { Fault } from "@/ui/Fault";
import { EditOutlined } from "@/ui/icons";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { toast } from "@/ui/toast";
import { isHidden, recordChanged, update } from "@/modules/registers/calls";
import { ConflictDialog } from "@/modules/registers/ConflictDialog";
import { FormSections, ReadSections } from "@/modules/registers/FormSections";
import { changed, useRecordForm, useRefusal } from "@/modules/registers/useRecordForm";
import { Warnings } from "@/modules/registers/Warnings";

function kept({ keep: { years, until } }: RecordView): string {
  if (years === 0) return t("record.kept_for_ever");
  return until ? t("record.kept_until", { years, until }) : t("record.kept", { years });
}

interface Props {
  record: RecordView;
  register: Register;
  onDirty: (dirty: boolean) => void;
}

export function InfoTab({ record, register, onDirty }: Props) {
  const [editing, setEditing] = useState(false);
  if (editing) return <Edit record={record} register={register} onDirty={onDirty} close={() => setEditing(false)} />;
  return (
    <div className="tab-pane">
      {record.may.edit && (
        <div>
          <Button size="small" icon={<EditOutlined />} onClick={() => setEditing(true)}>
            {t("record.edit")}
          </Button>
        </div>
      )}
      <div>
        <ReadSections register={register} record={record} />
        <div className="small quiet">
          {t("record.made", { at: showInstant(record.created_at), who: record.created_by ?? t("record.unknown") })}
          {record.version > 1 && ` · ${t("record.changed", { at: showInstant(record.updated_at), version: record.version })}`}
          {` · ${kept(record)}`}
        </div>
      </div>
    </div>
  );
}

function Edit({ record, register, onDirty, close }: Props & { close: () => void }) {
  // What the form began with stays, even when another saves meanwhile: the conflict is told at saving.
  const [began] = useState({ values: record.values, version: record.version });
  const form = useRecordForm(register, record.values, record.id);
  const [conflict, setConflict] = useState<RecordView>();
  const navigate = useNavigate();
  const leaving = useRef(false);
  const save = useDo(
    async (version: number, values: Values) => {
      try {
        return await update(record.id, version, values);
      } catch (caught) {
        const error = asError(caught);
        if (error.status === 409 && error.current) setConflict(error.current);
        throw caught;
      }
    },
    (saved) => {
      recordChanged(register.code, saved);
      onDirty(false);
      if (isHidden(saved)) {
        leaving.current = true;
        toast.told(t("record.saved_hidden"));
        navigate(`/registers/${register.code}`);
        return;
      }
      toast.done(t("record.saved", { title: saved.title }));
      close();
    },
  );
  const run = () => {
    form.showAll();
    void save.run(began.version, changed(register, began.values, form.values));
  };
  useKeys({ "Ctrl+Enter": run });
  useEffect(() => onDirty(form.dirty), [form.dirty, onDirty]);
  useEffect(() => () => onDirty(false), [onDirty]);
  useRefusal(form, save.error);
  return (
    <div className="tab-pane">
      <Warnings warnings={form.answer?.warnings} />
      {record.version !== began.version && <div className="warn">{t("record.newer")}</div>}
      <div>
        <FormSections register={register} form={form} shown={record.shown} state={record.state.code} />
        <Fault error={conflict ? undefined : save.error} />
        <div className="form-foot">
          <Button look="primary" onClick={run} loading={save.running} disabled={!form.dirty}>
            {t("ui.save")}
          </Button>
          <Button onClick={close}>{t("ui.cancel")}</Button>
        </div>
      </div>
      {conflict && (
        <ConflictDialog
          register={register}
          began={began.values}
          mine={changed(register, began.values, form.values)}
          current={conflict}
          running={save.running}
          close={() => setConflict(undefined)}
          save={(values) => {
            const version = conflict.version;
            setConflict(undefined);
            void save.run(version, values);
          }}
        />
      )}
      <LeaveGuard dirty={form.dirty} leaving={leaving} />
    </div>
  );
}
