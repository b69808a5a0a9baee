import { useState } from "react";
import { useSearchParams } from "react-router-dom";
import { put, remove, withQuery } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import type { RightChange } from "@/api/types";
import { showInstant } from "@/base/dates";
import { t } from "@/texts";
import { Badge, type Tone } from "@/ui/Badge";
import { Confirm, ReasonDialog } from "@/ui/Confirm";
import { Button } from "@/ui/controls";
import { Fault } from "@/ui/Fault";
import { SelectInput } from "@/ui/SelectInput";
import { Empty, State } from "@/ui/Panel";
import { toast } from "@/ui/toast";

const tones: Record<RightChange["state"], Tone> = { waiting: "blue", confirmed: "green", refused: "volcano", withdrawn: "grey" };
const choices = ["mine", "waiting", "confirmed", "refused", "withdrawn"] as const;

/** A change of rights holds only once a second person has confirmed it. */
export function RightChangesSection() {
  const [parameters, setParameters] = useSearchParams();
  const mine = parameters.get("mine") === "1";
  const [other, setOther] = useState<string | null>("waiting");
  const state = mine ? "waiting" : other;
  const choose = (chosen: string | null) => {
    if (chosen !== "mine") setOther(chosen);
    setParameters(chosen === "mine" ? { mine: "1" } : {}, { replace: true });
  };
  const changes = useGet<RightChange[]>(withQuery("/right-changes", { state }));
  const shown = changes.data?.filter((change) => !mine || change.may_decide);
  const [refusing, setRefusing] = useState<RightChange | null>(null);
  const [withdrawing, setWithdrawing] = useState<RightChange | null>(null);
  const decide = useDo(
    (change: RightChange, confirmed: boolean, reason?: string) => put(`/right-changes/${change.id}/decision`, { confirmed, reason }),
    () => {
      cache.invalidate("/right-changes", "/units", "/acting", "/signing-authorities", "/persons", "/menu");
      setRefusing(null);
      toast.done(t("rights.decided"));
    },
  );
  const withdraw = useDo(
    (change: RightChange) => remove(`/right-changes/${change.id}`),
    () => {
      cache.invalidate("/right-changes", "/units", "/settings", "/menu");
      setWithdrawing(null);
      toast.done(t("rights.withdrawn"));
    },
  );
  return (
    <>
      <div className="row wrap">
        <span className="quiet grow">{t("rights.title_help")}</span>
        <span style={{ width: 180 }}>
          <SelectInput value={mine ? "mine" : state} onChange={choose} label={t("record.state")} placeholder={t("registers.any_state")} options={choices.map((each) => ({ value: each, label: t(`rights.state.${each}`) }))} />
        </span>
      </div>
      <Fault error={refusing ? undefined : decide.error} />
      <State of={changes} isEmpty={shown?.length === 0} empty={<Empty title={t(mine ? "rights.none_mine" : "rights.none")}>{t("rights.none_help")}</Empty>}>
        {() => (
          <ul className="plain-list">
            {(shown ?? []).map((change) => (
              <li key={change.id}>
                <div className="grow">
                  <div><span className="strong">{change.kind_label}</span> <Badge tone={tones[change.state]}>{t(`rights.state.${change.state}`)}</Badge></div>
                  <div>{change.description}</div>
                  <div className="small quiet">{t("rights.by", { who: change.proposed_by, at: showInstant(change.proposed_at) })}</div>
                  {change.decided_by && <div className="small quiet">{t("rights.decided_by", { who: change.decided_by })} {change.reason}</div>}
                  {change.hindered && <div className="small quiet">{change.hindered}</div>}
                </div>
                {change.state === "waiting" && (
                  <span className="row">
                    {change.may_decide && <Button size="small" look="primary" onClick={() => void decide.run(change, true)} loading={decide.running}>{t("rights.confirm")}</Button>}
                    {change.may_decide && !change.may_withdraw && <Button size="small" onClick={() => setRefusing(change)}>{t("rights.refuse")}</Button>}
                    {change.may_withdraw && <Button size="small" onClick={() => setWithdrawing(change)}>{t("rights.withdraw")}</Button>}
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </State>
      {withdrawing && <Confirm title={t("rights.withdraw")} text={withdrawing.description} actLabel={t("rights.withdraw")} running={withdraw.running} error={withdraw.error} close={() => setWithdrawing(null)} act={() => void withdraw.run(withdrawing)} />}
      {refusing && <ReasonDialog title={t("rights.refuse")} text={refusing.description} actLabel={t("rights.refuse")} danger running={decide.running} error={decide.error} close={() => setRefusing(null)} act={(reason) => void decide.run(refusing, false, reason)} />}
    </>
  );
}
