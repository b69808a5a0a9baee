import { t } from "@/texts";
import type { Day, DueState, StepRole, StepState } from "@/api/types";
import { showDay } from "@/base/dates";

export type Tone = "red" | "orange" | "gold" | "red-outline" | "amber" | "blue" | "cyan" | "purple" | "green" | "volcano" | "black" | "grey" | "struck";

const tones: Tone[] = ["red", "orange", "gold", "red-outline", "amber", "blue", "cyan", "purple", "green", "volcano", "black", "grey", "struck"];

/** A colour never speaks alone: the word is always there. */
export function Badge({ tone, children, title }: { tone: Tone; children: string; title?: string }) {
  return (
    <span className={`badge ${tone}`} title={title}>
      {children}
    </span>
  );
}

export function toneOf(colour: string | null | undefined): Tone {
  return tones.includes(colour as Tone) ? (colour as Tone) : "grey";
}

export function StateBadge({ state }: { state: { code: string; label: string; colour?: string } }) {
  return <Badge tone={state.code === "recalled" ? "struck" : toneOf(state.colour)}>{state.label}</Badge>;
}

/** Roles are told in grey, beside what stands with the step; only who decides is marked. */
export const roleTones: Record<StepRole, Tone> = { lead: "grey", support: "grey", inform: "grey", consult: "grey", initial: "purple", approve: "purple", sign: "purple", task: "grey" };
const stepTones: Record<Exclude<StepState, "open">, Tone> = { done: "green", returned: "volcano", taken_back: "struck" };

/** How an open step stands: nobody has looked at it yet, or it is being worked on. */
export function StepBadge({ row }: { row: { state: StepState; seen: boolean; state_label?: string; waiting_book?: boolean } }) {
  if (row.state !== "open") return <Badge tone={stepTones[row.state]}>{row.state_label ?? row.state}</Badge>;
  if (row.waiting_book) return <Badge tone="blue">{t("step.waiting_book")}</Badge>;
  return <Badge tone={row.seen ? "cyan" : "blue"}>{t(row.seen ? "step.in_progress" : "step.untouched")}</Badge>;
}

const urgencyTones: Record<string, Tone> = { flash: "red", express: "red", hoa_toc: "red", very_urgent: "orange", thuong_khan: "orange", urgent: "gold", khan: "gold" };

/** Nothing for an ordinary document. */
export function UrgencyBadge({ urgency }: { urgency?: { code: string; label: string } | null }) {
  if (!urgency || urgency.code === "normal" || urgency.code === "thuong") return null;
  return <Badge tone={urgencyTones[urgency.code] ?? "gold"}>{urgency.label}</Badge>;
}

export function SecrecyBadge({ secrecy }: { secrecy?: number | { code: string; label: string } | null }) {
  if (!secrecy) return null;
  if (typeof secrecy === "object") return secrecy.code === "none" ? null : <Badge tone="black">{secrecy.label}</Badge>;
  return <Badge tone="black">{secrecy >= 3 ? t("secrecy.3") : secrecy === 2 ? t("secrecy.2") : t("secrecy.1")}</Badge>;
}

/** The day, and the word when it is near or over. */
export function Due({ due, state }: { due?: Day | null; state?: DueState | null }) {
  if (!due) return null;
  const day = <span className="number">{showDay(due)}</span>;
  if (state === "late") return <span className="due">{day} <Badge tone="red-outline">{t("due.late")}</Badge></span>;
  if (state === "soon") return <span className="due">{day} <Badge tone="amber">{t("due.soon")}</Badge></span>;
  return day;
}
