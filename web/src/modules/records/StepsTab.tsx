import { useEffect } from "react";
import { useGet } from "@/api/hooks";
import type { RecordView, Step } from "@/api/types";
import { t } from "@/texts";
import { Empty, State } from "@/ui/Panel";
import { StepTree } from "@/ui/StepTree";
import { findStep, see } from "@/modules/steps/calls";
import { StepActs } from "@/modules/steps/StepActs";

export function StepsTab({ record, highlight }: { record: RecordView; highlight?: number }) {
  const steps = useGet<Step[]>(`/records/${record.id}/steps`);
  const mine = highlight ? findStep(steps.data, highlight) : undefined;
  const known = Boolean(mine);
  // Who gave it only watches; it is seen when its receiver opens it.
  const received = Boolean(mine && !mine.seen && (mine.may.includes("finish") || mine.may.includes("opinion")));
  useEffect(() => {
    if (!highlight || !known) return;
    if (received) void see(highlight).catch(() => undefined);
    document.getElementById(`step-${highlight}`)?.scrollIntoView({ block: "nearest" });
  }, [highlight, known, received]);
  return (
    <div className="tab-pane">
      <State of={steps} empty={<Empty title={t("record.no_steps")}>{record.may.assign ? t("record.no_steps_assign") : t("record.no_steps_help")}</Empty>}>
        {(tree) => <StepTree steps={tree} acts={(step) => <StepActs record={record} step={step} />} />}
      </State>
    </div>
  );
}
