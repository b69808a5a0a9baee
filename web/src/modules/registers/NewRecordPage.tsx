import { useRef, useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router-dom";
import { useDo } from "@/api/hooks";
import type { Field, Id, RecordView, Register, Values } from "@/api/types";
import { useKeys } from "@/base/keys";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Button } from "@/ui/controls";
import { Fault } from "@/ui/Fault";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { Empty, State } from "@/ui/Panel";
import { toast } from "@/ui/toast";
import { isHidden, recordChanged, useRegister, type NewFile } from "./calls";
import { FormSections } from "./FormSections";
import { NewFiles } from "./NewFiles";
import { NumberChoice, numberOf } from "./NumberChoice";
import { useFirstField } from "@/ui/faulty";
import { useMaking } from "./useMaking";
import { sendable, useRecordForm, useRefusal } from "./useRecordForm";
import { Warnings } from "./Warnings";
import "./registers.css";

export function NewRecordPage() {
  const { register: code = "" } = useParams();
  const register = useRegister(code);
  return <State of={register}>{(declared) => (declared.may.create ? <Form key={declared.code} register={declared} /> : <MayNot register={declared} />)}</State>;
}

function MayNot({ register }: { register: Register }) {
  return (
    <Page title={t("record.new", { register: register.title })}>
      <Empty title={t("record.may_not_create")} action={<Link to={`/registers/${register.code}`}>{t("record.to_list", { register: register.title })}</Link>}>
        {t("record.may_not_create_help")}
      </Empty>
    </Page>
  );
}

export interface Waiting extends NewFile {
  name: string;
}

/** Values given in the address begin the form: a task made from a document, a reply to one. */
function begun(parameters: URLSearchParams, fields: Field[]): Values {
  const values: Values = {};
  for (const field of fields) {
    const given = parameters.get(field.code);
    if (given !== null) values[field.code] = ["integer", "person", "post", "unit", "agency", "record"].includes(field.type) ? Number(given) : given;
  }
  return values;
}

function Form({ register }: { register: Register }) {
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const [initial] = useState(() => begun(parameters, register.fields));
  const form = useRecordForm(register, initial);
  const [files, setFiles] = useState<Waiting[]>([]);
  const [turn, setTurn] = useState(0);
  const [number, setNumber] = useState<number | null>(null);
  const leaving = useRef(false);
  const making = useMaking(register);
  const sections = useFirstField<HTMLDivElement>(turn);
  const answers = parameters.get("answers");
  const links = answers ? [{ to: Number(answers) as Id, kind: "answers" }] : [];

  // A book that numbers at an action is asked there.
  const reserved = register.book?.at_create ? form.answer?.reserved : undefined;

  const save = useDo(() => making.make({ values: sendable(register, form.values), files: files.map(({ file, role, title }) => ({ file, role, title })), links, ...numberOf(reserved, number) }));
  const run = async (then: "open" | "next") => {
    form.showAll();
    const made: RecordView | undefined = await save.run();
    if (!made) return;
    recordChanged(register.code, made);
    const hidden = isHidden(made);
    if (hidden) toast.told(t("record.saved_hidden"));
    else toast.done(t("record.saved", { title: made.title }));
    making.begin();
    if (then === "open") {
      leaving.current = true;
      form.reset(form.values);
      setFiles([]);
      navigate(hidden ? `/registers/${register.code}` : `/records/${made.id}`);
      return;
    }
    form.reset(initial);
    setFiles([]);
    setNumber(null);
    setTurn(turn + 1);
  };
  useKeys({ "Ctrl+Enter": () => void run("next") });
  useRefusal(form, save.error);

  return (
    <Page title={t("record.new", { register: register.title })} under={register.basis}>
      <div className="record-form" key={turn} ref={sections}>
        <Warnings warnings={form.answer?.warnings} />
        <FormSections register={register} form={form} />
        <NumberChoice reserved={reserved} next={form.answer?.next_number ?? ""} value={number} onChange={setNumber} error={save.error?.fields.number} />
        <NewFiles files={files} onChange={setFiles} />
        {making.found && <div className="warn" role="status">{t("record.lost", { title: making.found.title })}</div>}
        <Fault error={save.error} />
        <div className="form-foot">
          <Button look="primary" onClick={() => void run("open")} loading={save.running}>
            {t("record.save")}
          </Button>
          <Button onClick={() => void run("next")} disabled={save.running}>
            {t("record.save_next")} <kbd>Ctrl+Enter</kbd>
          </Button>
          <Button look="quiet" onClick={() => navigate(-1)}>
            {t("ui.cancel")}
          </Button>
        </div>
      </div>
      <LeaveGuard dirty={form.dirty || files.length > 0} leaving={leaving} />
    </Page>
  );
}
