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

export const ref = ({ kind, id }: PartyRef): PartyRef => ({ kind, id });
