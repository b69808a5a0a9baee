import { useState } from "react";
import { put, withQuery } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import type { RightChange } from "@/api/types";
import { showInstant } from "@/base/dates";
import { t } from "@/texts";
import { Badge, type Tone } from "@/ui/Badge";
import { ReasonDialog } from "@/ui/Confirm";
import { Button } from "@/ui/controls";
import { Fault } from "@/ui/Fault";
import { SelectInput } from "@/ui/SelectInput";
import { Empty, State } from "@/ui/Panel";
import { toast } from "@/ui/toast";

const tones: Record<RightChange["state"], Tone> = { waiting: "blue", confirmed: "green", refused: "volcano" };
const states = ["waiting", "confirmed", "refused"] as const;

/** A change of rights holds only once a second person has confirmed it. */
export function RightChangesSection() {
  const [state, setState] = useState<string | null>("waiting");
  const changes = useGet<RightChange[]>(withQuery("/right-changes", { state }));
  const [refusing, setRefusing] = useState<RightChange | null>(null);
  const decide = useDo(
    (change: RightChange, confirmed: boolean, reason?: string) => put(`/right-changes/${change.id}/decision`, { confirmed, reason }),
    () => {
      cache.invalidate("/right-changes", "/units", "/acting", "/signing-authorities", "/persons", "/menu");
      setRefusing(null);
      toast.done(t("rights.decided"));
    },
  );
  return (
    <>
      <div className="row wrap">
        <span className="quiet grow">{t("rights.title_help")}</span>
        <span style={{ width: 180 }}>
          <SelectInput value={state} onChange={setState} label={t("record.state")} placeholder={t("registers.any_state")} options={states.map((each) => ({ value: each, label: t(`rights.state.${each}`) }))} />
        </span>
      </div>
      <Fault error={refusing ? undefined : decide.error} />
      <State of={changes} empty={<Empty title={t("rights.none")}>{t("rights.none_help")}</Empty>}>
        {(list) => (
          <ul className="plain-list">
            {list.map((change) => (
              <li key={change.id}>
                <div className="grow">
                  <div><span className="strong">{change.kind_label}</span> <Badge tone={tones[change.state]}>{t(`rights.state.${change.state}`)}</Badge></div>
                  <div>{change.description}</div>
                  <div className="small quiet">{t("rights.by", { who: change.proposed_by, at: showInstant(change.proposed_at) })}</div>
                  {change.decided_by && <div className="small quiet">{t("rights.decided_by", { who: change.decided_by })} {change.reason}</div>}
                  {change.hindered && <div className="small quiet">{change.hindered}</div>}
                </div>
                {change.may_decide && change.state === "waiting" && (
                  <span className="row">
                    <Button size="small" look="primary" onClick={() => void decide.run(change, true)} loading={decide.running}>{t("rights.confirm")}</Button>
                    <Button size="small" onClick={() => setRefusing(change)}>{t("rights.refuse")}</Button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </State>
      {refusing && <ReasonDialog title={t("rights.refuse")} text={refusing.description} actLabel={t("rights.refuse")} danger running={decide.running} error={decide.error} close={() => setRefusing(null)} act={(reason) => void decide.run(refusing, false, reason)} />}
    </>
  );
}
