import { useState } from "react";
import { useDo } from "@/api/hooks";
import type { BulkResult, Register, RegisterAction, Row } from "@/api/types";
import { t } from "@/texts";
import { Confirm, ReasonDialog } from "@/ui/Confirm";
import { Button } from "@/ui/controls";
import { toast } from "@/ui/toast";
import { bulk, recordChanged } from "./calls";

interface Props {
  register: Register;
  rows: Row[];
  onResults: (results: Map<number, BulkResult>) => void;
}

const needsOf = (action: RegisterAction) => action.needs.map((need) => need.code);

/** Acts declared for many at once, that ask for nothing, or for a reason only, and fit every ticked row's state. */
export function fitting(actions: RegisterAction[], rows: Row[]): RegisterAction[] {
  return actions.filter((action) => {
    if (!action.bulk || action.code === "assign" || needsOf(action).some((need) => need !== "reason")) return false;
    return rows.every((row) => !action.from.length || action.from.includes(row.state.code));
  });
}

export function BulkActs({ register, rows, onResults }: Props) {
  const [chosen, setChosen] = useState<RegisterAction | null>(null);
  const run = useDo(
    (given: Record<string, unknown>) => bulk(register.code, chosen!.code, rows.map((row) => ({ id: row.id, version: row.version })), given),
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
  const dialog = { title: chosen ? `${chosen.label} (${rows.length})` : "", actLabel: chosen?.label ?? "", danger: chosen?.danger, running: run.running, error: run.error, close: () => setChosen(null) };
  return (
    <>
      {acts.length === 0 && <span className="quiet">{t("list.no_common_act")}</span>}
      {acts.map((action) => (
        <Button key={action.code} size="small" look={action.danger ? "danger" : "plain"} onClick={() => setChosen(action)}>
          {action.label}
        </Button>
      ))}
      {chosen &&
        (needsOf(chosen).includes("reason") ? (
          <ReasonDialog {...dialog} act={(reason) => void run.run({ reason })} />
        ) : (
          <Confirm {...dialog} text={t("list.bulk_confirm", { act: chosen.label, count: rows.length })} act={() => void run.run({})} />
        ))}
    </>
  );
}
