import { useEffect } from "react";
import { Link, useNavigate } from "react-router-dom";
import { cache, useGet } from "@/api/hooks";
import type { InboxRow, RecordView, Step } from "@/api/types";
import { t } from "@/texts";
import { Due, SecrecyBadge, StateBadge, UrgencyBadge } from "@/ui/Badge";
import { Button } from "@/ui/controls";
import { State } from "@/ui/Panel";
import { FileView } from "@/ui/pdf/PdfView";
import { StepTree } from "@/ui/StepTree";
import { findStep, see } from "@/modules/steps/calls";
import { StepActs } from "@/modules/steps/StepActs";
import { useStepKeys } from "@/modules/steps/stepKeys";
import { nameOf } from "./columns";

/** The file, what is asked, the steps, and what can be done at once: B, C and R from the keyboard. */
export function Preview({ row }: { row: InboxRow }) {
  const record = useGet<RecordView>(`/records/${row.record}`);
  const steps = useGet<Step[]>(`/records/${row.record}/steps`);
  const step = findStep(steps.data, row.step);
  const navigate = useNavigate();
  const file = record.data?.files.find((each) => each.role === "main") ?? record.data?.files[0];
  const here = `/records/${row.record}?step=${row.step}`;

  useEffect(() => {
    if (row.seen) return;
    const clock = setTimeout(() => void see(row.step).then(() => cache.invalidate("/inbox")).catch(() => undefined), 1500);
    return () => clearTimeout(clock);
  }, [row.step, row.seen]);

  const { may, mayGive, begin, dialog } = useStepKeys(record.data, step, () => navigate(`${here}&tab=links`));

  return (
    <aside className="preview" aria-label={t("inbox.preview")}>
      <div className="preview-head">
        <h2>
          <Link to={here}>{row.title}</Link>
        </h2>
        <div className="row wrap small">
          <UrgencyBadge urgency={row.urgency} />
          {record.data && <SecrecyBadge secrecy={record.data.secrecy} />}
          {record.data && <StateBadge state={record.data.state} />}
          <span className="quiet">{[row.notation, row.author].filter(Boolean).join(" · ")}</span>
        </div>
        {row.asked && (
          <div className="asked">
            <span className="quiet">{t("inbox.asked_by", { role: row.role_label, who: nameOf(row.from) })}</span> {row.asked}{" "}
            {row.due && (
              <span className="small">
                {t("step.due")}: <Due due={row.due} state={row.due_state} />
              </span>
            )}
          </div>
        )}
        {row.state === "open" && (
          <div className="row wrap">
            {mayGive && (
              <Button look="primary" size="small" onClick={begin("assign", "text")}>
                {t("inbox.instruct")}
              </Button>
            )}
            {may("opinion") && <Button size="small" onClick={begin("opinion")}>{t("may.opinion")}</Button>}
            {may("finish") && <Button size="small" onClick={begin("finish")}>{t("may.finish")}</Button>}
            {may("return") && <Button size="small" onClick={begin("return")}>{t("may.return")}</Button>}
          </div>
        )}
      </div>
      <State of={record}>
        {(data) => (
          <div className="preview-body">
            {file && (
              <div className="preview-file">
                <FileView file={file} />
              </div>
            )}
            <div className="preview-steps" tabIndex={0} role="region" aria-label={t("record.steps")}>
              <State of={steps} empty={<div className="notice">{t("record.no_steps")}</div>}>
                {(tree) => <StepTree steps={tree} acts={(each) => (each.id === row.step ? null : <StepActs record={data} step={each} />)} />}
              </State>
            </div>
            {dialog}
          </div>
        )}
      </State>
    </aside>
  );
}
