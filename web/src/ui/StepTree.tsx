import type { ReactNode } from "react";
import { Link } from "react-router-dom";
import type { Step } from "@/api/types";
import { showInstant } from "@/base/dates";
import { t } from "@/texts";
import { Badge, Due, roleTones, StepBadge } from "./Badge";

/** Who was asked for what by whom, down the tree; `acts` are the buttons of a step. */
export function StepTree({ steps, acts }: { steps: Step[]; acts: (step: Step) => ReactNode }) {
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li key={step.id}>
          <One step={step} acts={acts(step)} />
          {step.children.length > 0 && <StepTree steps={step.children} acts={acts} />}
        </li>
      ))}
    </ol>
  );
}

function One({ step, acts }: { step: Step; acts: ReactNode }) {
  return (
    <div className="step" id={`step-${step.id}`}>
      <div className="row wrap">
        <Badge tone={roleTones[step.role] ?? "grey"}>{step.role_label}</Badge>
        <span className="who">{step.to.label}</span>
        {step.role === "inform" && step.state === "open" ? (
          <Badge tone="grey">{step.seen ? t("step.seen") : t("step.unseen")}</Badge>
        ) : (
          <StepBadge row={step} />
        )}
        {step.due && (
          <span className="small">
            {t("step.due")} <Due due={step.due} state={step.state === "open" ? step.due_state : "none"} />
          </span>
        )}
      </div>
      {step.to.detail && <div className="small quiet">{step.to.detail}</div>}
      {step.instruction && <blockquote>{step.instruction}</blockquote>}
      <div className="small quiet">
        {step.from && t("step.from", { who: step.from.person ? `${step.from.label} (${step.from.person})` : step.from.label })} {showInstant(step.opened_at)}
        {step.closed_at && ` · ${t("step.closed", { at: showInstant(step.closed_at) })}`}
        {step.outcome && ` · ${step.outcome}`}
      </div>
      {step.unit_book && !step.unit_book.waiting && (
        <div className="small">{t("step.unit_book", { book: step.unit_book.label, number: String(step.unit_book.number) })}</div>
      )}
      {step.result && <div className="answers"><Link to={`/records/${step.result.id}`}>{step.result.title}</Link></div>}
      {step.urgings?.map((urging) => (
        <div key={urging.at} className="small">{t("step.urged_by", { who: urging.person, at: showInstant(urging.at) })} {urging.text}</div>
      ))}
      {step.opinion && <div className="answers">{step.opinion}</div>}
      {step.reason && <div className="answers">{t("step.reason", { reason: step.reason })}</div>}
      {step.extension && ["waiting", "asked"].includes(step.extension.state) && (
        <div className="warn small">
          {t("step.extension")} <Due due={step.extension.due} /> · {step.extension.reason}
        </div>
      )}
      {acts}
    </div>
  );
}
