import { useState } from "react";
import { post, remove } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { Acting, Party, Proposed } from "@/api/types";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Confirm } from "@/ui/Confirm";
import { Button } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { PlusOutlined } from "@/ui/icons";
import { DateInput } from "@/ui/DateInput";
import { TextInput } from "@/ui/inputs";
import { Empty, State } from "@/ui/Panel";
import { PartyPicker } from "@/ui/PartyPicker";
import { nameOf, span } from "./names";
import { tellProposed } from "./proposed";

/** Xử lý thay: a deputy works for a post for a while. It gives no right to sign. */
export function ActingSection() {
  const all = useGet<Acting[]>("/acting");
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Acting | null>(null);
  const after = () => {
    cache.invalidate("/acting", "/right-changes");
    setAdding(false);
    setEnding(null);
  };
  const end = useDo(() => remove(`/acting/${ending!.id}`), after);
  return (
    <>
      <div className="row wrap">
        <span className="quiet grow">{t("acting.help")}</span>
        <Button look="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t("acting.add")}</Button>
      </div>
      <State of={all} empty={<Empty title={t("acting.none")}>{t("acting.none_help")}</Empty>}>
        {(list) => (
          <ul className="plain-list">
            {list.map((each) => (
              <li key={each.change ? `waiting-${each.change}` : each.id}>
                <div className="grow">
                  <div><span className="strong">{nameOf(each.deputy)}</span> {t("acting.for")} <span className="strong">{nameOf(each.post)}</span>{each.change && <> <Badge tone="amber">{t("acting.waiting")}</Badge></>}</div>
                  <div className="quiet">{span(each.valid_from, each.valid_to)}</div>
                  <div className="small quiet">{each.basis}</div>
                </div>
                {!each.change && <Button size="small" onClick={() => setEnding(each)}>{t("acting.end")}</Button>}
              </li>
            ))}
          </ul>
        )}
      </State>
      {adding && <AddDialog close={() => setAdding(false)} after={after} />}
      {ending && <Confirm title={t("acting.end")} text={t("acting.end_text", { person: nameOf(ending.deputy), post: nameOf(ending.post) })} actLabel={t("acting.end")} danger running={end.running} error={end.error} close={() => setEnding(null)} act={() => void end.run()} />}
    </>
  );
}

function AddDialog({ close, after }: { close: () => void; after: () => void }) {
  const { session } = useSigned();
  const [post_, setPost] = useState<Party | null>(null);
  const [deputy, setDeputy] = useState<Party | null>(null);
  const [from, setFrom] = useState<string | null>(session.server.today);
  const [to, setTo] = useState<string | null>(null);
  const [basis, setBasis] = useState("");
  const save = useDo(() => post<Proposed>("/acting", { post: post_!.id, deputy: deputy!.id, valid_from: from, valid_to: to, basis: basis.trim() }), (told) => {
    tellProposed(told);
    after();
  });
  const faults = save.error?.fields ?? {};
  return (
    <Dialog title={t("acting.add")} close={close} act={() => void save.run()} running={save.running} error={save.error} blocked={!post_ || !deputy || !from || !to || !basis.trim()}>
      <FieldBox label={t("acting.post")} required error={faults.post}>{(id) => <PartyPicker id={id} kinds="post" value={post_} onChange={setPost} autoFocus />}</FieldBox>
      <FieldBox label={t("acting.deputy")} required error={faults.deputy}>{(id) => <PartyPicker id={id} kinds="person" value={deputy} onChange={setDeputy} />}</FieldBox>
      <div className="form-grid">
        <FieldBox label={t("posts.from")} required error={faults.valid_from}>{(id) => <DateInput id={id} value={from} onChange={setFrom} />}</FieldBox>
        <FieldBox label={t("posts.to")} required error={faults.valid_to}>{(id) => <DateInput id={id} value={to} onChange={setTo} />}</FieldBox>
      </div>
      <FieldBox label={t("units.basis")} required error={faults.basis}>{(id) => <TextInput id={id} value={basis} onChange={setBasis} />}</FieldBox>
      <div className="quiet small">{t("rights.help")}</div>
    </Dialog>
  );
}
