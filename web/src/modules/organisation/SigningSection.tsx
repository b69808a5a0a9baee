import { useState } from "react";
import { post, remove } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { Party, Proposed, SigningAuthority } from "@/api/types";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Confirm } from "@/ui/Confirm";
import { Button } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { PlusOutlined } from "@/ui/icons";
import { DateInput } from "@/ui/DateInput";
import { TextInput } from "@/ui/inputs";
import { SelectInput } from "@/ui/SelectInput";
import { Empty, State } from "@/ui/Panel";
import { PartyPicker } from "@/ui/PartyPicker";
import { nameOf, span } from "./names";
import { tellProposed } from "./proposed";

const forms = ["TM", "KT", "TL", "TUQ", "Q"] as const;

/** Who may sign for whom: TM., KT., TL., TUQ., Q., on what basis, for what, until when. */
export function SigningSection() {
  const all = useGet<SigningAuthority[]>("/signing-authorities");
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<SigningAuthority | null>(null);
  const may = useSigned().session.permissions.includes("administer");
  const end = useDo(() => remove(`/signing-authorities/${ending!.id}`), () => {
    cache.invalidate("/signing-authorities");
    setEnding(null);
  });
  return (
    <>
      <div className="row wrap">
        <span className="quiet grow">{t("signing.help")}</span>
        {may && <Button look="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t("signing.add")}</Button>}
      </div>
      <State of={all} empty={<Empty title={t("signing.none")}>{t("signing.none_help")}</Empty>}>
        {(list) => (
          <ul className="plain-list">
            {list.map((each) => (
              <li key={each.id}>
                <Badge tone="blue">{each.form ? `${each.form}.` : t("signing.own")}</Badge>
                <div className="grow">
                  <div><span className="strong">{nameOf(each.post)}</span> {each.for_post && t("signing.for", { post: nameOf(each.for_post) })}</div>
                  <div>{each.scope}</div>
                  <div className="small quiet">{span(each.valid_from, each.valid_to)} · {each.basis}</div>
                </div>
                {may && <Button size="small" onClick={() => setEnding(each)}>{t("signing.end")}</Button>}
              </li>
            ))}
          </ul>
        )}
      </State>
      {adding && <AddDialog close={() => setAdding(false)} />}
      {ending && <Confirm title={t("signing.end")} text={t("signing.end_text", { post: nameOf(ending.post) })} actLabel={t("signing.end")} danger running={end.running} error={end.error} close={() => setEnding(null)} act={() => void end.run()} />}
    </>
  );
}

function AddDialog({ close }: { close: () => void }) {
  const { session } = useSigned();
  const [who, setWho] = useState<Party | null>(null);
  const [form, setForm] = useState<string | null>("KT");
  const [forWhom, setForWhom] = useState<Party | null>(null);
  const [scope, setScope] = useState("");
  const [basis, setBasis] = useState("");
  const [from, setFrom] = useState<string | null>(session.server.today);
  const [to, setTo] = useState<string | null>(null);
  const save = useDo(() => post<Proposed>("/signing-authorities", { post: who!.id, form: form ?? "", for_post: forWhom?.id ?? null, scope: scope.trim(), basis: basis.trim(), valid_from: from, valid_to: to }), (told) => {
    cache.invalidate("/signing-authorities", "/right-changes");
    tellProposed(told);
    close();
  });
  const faults = save.error?.fields ?? {};
  return (
    <Dialog title={t("signing.add")} close={close} act={() => void save.run()} running={save.running} error={save.error} blocked={!who || !scope.trim() || !basis.trim() || !from}>
      <FieldBox label={t("signing.post")} required error={faults.post}>{(id) => <PartyPicker id={id} kinds="post" value={who} onChange={setWho} autoFocus />}</FieldBox>
      <div className="form-grid">
        <FieldBox label={t("signing.form")} error={faults.form}>{(id) => <SelectInput id={id} value={form} onChange={setForm} options={forms.map((each) => ({ value: each, label: t(`signing.form.${each}`) }))} placeholder={t("signing.own")} />}</FieldBox>
        <FieldBox label={t("signing.for_post")} error={faults.for_post}>{(id) => <PartyPicker id={id} kinds="post" value={forWhom} onChange={setForWhom} />}</FieldBox>
        <FieldBox label={t("posts.from")} required error={faults.valid_from}>{(id) => <DateInput id={id} value={from} onChange={setFrom} />}</FieldBox>
        <FieldBox label={t("posts.to")} error={faults.valid_to}>{(id) => <DateInput id={id} value={to} onChange={setTo} />}</FieldBox>
      </div>
      <FieldBox label={t("signing.scope")} required error={faults.scope}>{(id) => <TextInput id={id} value={scope} onChange={setScope} />}</FieldBox>
      <FieldBox label={t("units.basis")} required error={faults.basis}>{(id) => <TextInput id={id} value={basis} onChange={setBasis} />}</FieldBox>
      {form === "TUQ" && <div className="quiet small">{t("signing.tuq")}</div>}
    </Dialog>
  );
}
