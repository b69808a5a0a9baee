import { useState } from "react";
import { address, post, put, remove } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import type { HandOver, Party } from "@/api/types";
import { showInstant } from "@/base/dates";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { Fault } from "@/ui/Fault";
import { FieldBox } from "@/ui/FieldBox";
import { PlusOutlined } from "@/ui/icons";
import { Empty, State } from "@/ui/Panel";
import { PartyPicker } from "@/ui/PartyPicker";
import { nameOf } from "./names";

/** Bàn giao: work given to a person by name goes over in one act that both confirm. */
export function HandOversSection() {
  const all = useGet<HandOver[]>("/hand-overs");
  const [adding, setAdding] = useState(false);
  const after = () => {
    cache.invalidate("/hand-overs", "/inbox", "/menu");
    setAdding(false);
  };
  const confirm = useDo((each: HandOver) => put(`/hand-overs/${each.id}/confirmation`), after);
  const withdraw = useDo((each: HandOver) => remove(`/hand-overs/${each.id}`), after);
  return (
    <>
      <div className="row wrap">
        <span className="quiet grow">{t("hand_overs.help")}</span>
        <Button look="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t("hand_overs.add")}</Button>
      </div>
      <Fault error={confirm.error ?? withdraw.error} />
      <State of={all} empty={<Empty title={t("hand_overs.none")}>{t("hand_overs.none_help")}</Empty>}>
        {(list) => (
          <ul className="plain-list">
            {list.map((each) => {
              const whole = each.given_at && each.taken_at;
              return (
                <li key={each.id}>
                  <div className="grow">
                    <div>
                      <span className="strong">{nameOf(each.from)}</span> → <span className="strong">{nameOf(each.to)}</span> <Badge tone={whole ? "green" : "blue"}>{whole ? t("hand_overs.done") : t("hand_overs.waiting")}</Badge>
                    </div>
                    {each.steps !== undefined && <div>{t("hand_overs.steps", { count: each.steps })}</div>}
                    <div className="small quiet">
                      {t("hand_overs.given", { at: each.given_at ? showInstant(each.given_at) : "…" })}{each.given_by && ` (${t("hand_overs.given_by", { who: nameOf(each.given_by) })})`} · {t("hand_overs.taken", { at: each.taken_at ? showInstant(each.taken_at) : "…" })}
                    </div>
                  </div>
                  <Button size="small" href={address(`/hand-overs/${each.id}/minutes`)}>{t("hand_overs.minutes")}</Button>
                  {each.may_withdraw && <Button size="small" onClick={() => void withdraw.run(each)}>{t("hand_overs.withdraw")}</Button>}
                  {each.may_confirm && <Button size="small" look="primary" onClick={() => void confirm.run(each)} loading={confirm.running}>{each.in_stead ? t("hand_overs.confirm_in_stead") : t("hand_overs.confirm")}</Button>}
                </li>
              );
            })}
          </ul>
        )}
      </State>
      {adding && <AddDialog close={() => setAdding(false)} after={after} />}
    </>
  );
}

function AddDialog({ close, after }: { close: () => void; after: () => void }) {
  const [from, setFrom] = useState<Party | null>(null);
  const [to, setTo] = useState<Party | null>(null);
  const save = useDo(() => post("/hand-overs", { from: from!.id, to: to!.id, steps: "all" }), after);
  const faults = save.error?.fields ?? {};
  return (
    <Dialog title={t("hand_overs.add")} close={close} act={() => void save.run()} running={save.running} error={save.error} blocked={!from || !to} width={460} actLabel={t("hand_overs.add")}>
      <FieldBox label={t("hand_overs.from")} required error={faults.from}>{(id) => <PartyPicker id={id} kinds="person" value={from} onChange={setFrom} autoFocus />}</FieldBox>
      <FieldBox label={t("hand_overs.to")} required error={faults.to}>{(id) => <PartyPicker id={id} kinds="person" value={to} onChange={setTo} />}</FieldBox>
      <div className="quiet small">{t("hand_overs.all")}</div>
    </Dialog>
  );
}
