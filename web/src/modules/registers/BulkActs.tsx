import { useState } from "react";
import { useDo } from "@/api/hooks";
import type { BulkResult, Register, RegisterAction, Row } from "@/api/types";
import { t } from "@/texts";
import { Button } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { toast } from "@/ui/toast";
import { ActNeeds, givenAtFirst, isMissing, type Given } from "./ActNeeds";
import { bulk, recordChanged } from "./calls";

interface Props {
  register: Register;
  rows: Row[];
  onResults: (results: Map<number, BulkResult>) => void;
}

const nothing: Given = { values: {}, words: {} };

/** Acts declared for many at once that fit every ticked row's state. */
export function fitting(actions: RegisterAction[], rows: Row[]): RegisterAction[] {
  return actions.filter((action) => {
    if (!action.bulk || action.code === "assign") return false;
    return rows.every((row) => !action.from.length || action.from.includes(row.state.code));
  });
}

export function BulkActs({ register, rows, onResults }: Props) {
  const [chosen, setChosen] = useState<RegisterAction | null>(null);
  const [given, setGiven] = useState<Given>(nothing);
  const run = useDo(
    () => bulk(register.code, chosen!.code, rows.map((row) => ({ id: row.id, version: row.version })), given),
    (results) => {
      onResults(new Map(results.map((result) => [result.id, result])));
      const done = results.filter((result) => result.done).length;
      if (done === results.length) toast.done(t("list.bulk_all", { count: done }));
      else toast.failed(t("list.bulk_some", { count: done, total: results.length }));
      recordChanged(register.code);
      setChosen(null);
    },
  );
  const acts = fitting(register.actions, rows);
  const choose = (action: RegisterAction) => {
    setGiven(givenAtFirst(action.needs, register.fields, {}));
    setChosen(action);
  };
  return (
    <>
      {acts.length === 0 && <span className="quiet">{t("list.no_common_act")}</span>}
      {acts.map((action) => (
        <Button key={action.code} size="small" look={action.danger ? "danger" : "plain"} onClick={() => choose(action)}>
          {action.label}
        </Button>
      ))}
      {chosen && (
        <Dialog title={`${chosen.label} (${rows.length})`} close={() => setChosen(null)} act={() => void run.run()} actLabel={chosen.label} danger={chosen.danger} running={run.running} blocked={isMissing(chosen.needs, register.fields, given)} error={run.error} width={520}>
          <div>{t("list.bulk_confirm", { act: chosen.label, count: rows.length })}</div>
          <ActNeeds needs={chosen.needs} fields={register.fields} given={given} onChange={setGiven} error={run.error} />
        </Dialog>
      )}
    </>
  );
}
