import { post, put } from "@/api/client";
import { cache } from "@/api/hooks";
import type { Assignment, Day, Id, PartyRef, Step } from "@/api/types";

/** What a change of steps makes stale. */
export function stepsChanged(record: Id): void {
  cache.invalidate(`/records/${record}`, "/inbox", "/menu", "/registers/");
}

export interface Finish {
  outcome: "product" | "no_reply" | "result" | "done";
  record?: Id;
  reason?: string;
  file?: Id;
  /** What supports it is ended with it, and told the reason. */
  despite_open?: true;
}

export const assign = (record: Id, assignment: Assignment) => post<Step[]>(`/records/${record}/assignments`, assignment);
export const propose = (record: Id, proposal: { to: PartyRef; text?: string; lead: PartyRef[]; support: PartyRef[]; inform: PartyRef[]; due?: Day | null }) => post(`/records/${record}/proposal`, proposal);
export const askOpinions = (record: Id, question: { to: PartyRef[]; text: string; due?: Day | null }) => post(`/records/${record}/opinions`, question);
export const giveOpinion = (step: Id, text: string) => put(`/steps/${step}/opinion`, { text });
export const giveBack = (step: Id, reason: string) => put(`/steps/${step}/return`, { reason });
export const takeBack = (step: Id) => put(`/steps/${step}/taking-back`);
export const finish = (step: Id, how: Finish) => put(`/steps/${step}/finish`, how);
export const handOn = (step: Id, to: PartyRef, instruction: string) => put(`/steps/${step}/hand-on`, { to, instruction });
export const enterInBook = (step: Id, given: { number?: number | null }) => put(`/steps/${step}/book-entry`, given);
export const see = (step: Id) => put(`/steps/${step}/seen`);
export const extend = (step: Id, due: Day, reason: string) => put(`/steps/${step}/extension`, { due, reason });
export const decideExtension = (step: Id, decision: { granted: boolean; due?: Day | null; reason?: string }) => put(`/steps/${step}/extension/decision`, decision);
export const urge = (step: Id, text: string) => post(`/steps/${step}/urgings`, { text });

/** A step anywhere in the tree. */
export function findStep(steps: Step[] | undefined, id: Id): Step | undefined {
  for (const step of steps ?? []) {
    const found = step.id === id ? step : findStep(step.children, id);
    if (found) return found;
  }
  return undefined;
}

const withAllUnder = (steps: Step[]): Step[] => steps.flatMap((step) => [step, ...withAllUnder(step.children)]);
const holdsUp = (step: Step) => step.state === "open" && step.role !== "inform";

/** What others still have to do for a step: all that was split from it, and beside a lead what supports it, unless another lead goes on. */
export function openSupport(tree: Step[], id: Id): Step[] {
  const around = [tree, ...withAllUnder(tree).map((each) => each.children)].find((steps) => steps.some((each) => each.id === id)) ?? [];
  const step = around.find((each) => each.id === id);
  if (!step) return [];
  const beside = around.filter((each) => each !== step && holdsUp(each));
  const supports = step.role === "lead" && !beside.some((each) => each.role === "lead") ? beside.filter((each) => each.role === "support" || each.role === "consult") : [];
  return [...supports, ...withAllUnder(step.children).filter(holdsUp)];
}

/** What others have open where the record itself is ended; one's own is what one may hand on or enter in a book. */
export const openOfOthers = (tree: Step[]): Step[] => withAllUnder(tree).filter((step) => holdsUp(step) && !step.may.includes("hand_on") && !step.may.includes("enter_in_book"));

export const ref = ({ kind, id }: PartyRef): PartyRef => ({ kind, id });
