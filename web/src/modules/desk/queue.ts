import { cache, useGet, usePages } from "@/api/hooks";
import { remove, withQuery } from "@/api/client";
import type { Id, Register, RegisterState, Row, WaitingFile } from "@/api/types";

export type Waiting = { kind: "record"; key: string; row: Row } | { kind: "file"; key: string; file: Id; name: string; mediaType: string };

export interface Group {
  code: string;
  label: string;
  items: Waiting[];
}

const weight: Record<string, number> = { express: 0, flash: 0, very_urgent: 1, urgent: 2 };

/** Urgent first, then the one that has waited longest. */
export function byUrgency(one: Row, other: Row): number {
  const difference = (weight[String(one.values.urgency)] ?? 3) - (weight[String(other.values.urgency)] ?? 3);
  return difference || one.created_at.localeCompare(other.created_at);
}

/** The field that says by which way a document came. */
const way = "way";

/** The states in which a document waits at the desk: those the act that gives its number goes from; else the first of the register. */
export function waitingStates(register: Register): RegisterState[] {
  const from = register.actions.find((action) => action.number)?.from ?? [];
  const found = register.states.filter((state) => (from.length ? from.includes(state.code) : state.kind === "initial"));
  return found.length ? found : register.states.slice(0, 1);
}

/** Rows by the state they wait in and the way they came, each urgent first; `scanned` stand before them. */
export function groupsOf(rows: Row[], scanned: Waiting[], states: RegisterState[], scannedLabel: string): Group[] {
  const groups = new Map<string, Group>();
  const place = (row: Row) => states.findIndex((state) => state.code === row.state.code);
  for (const row of [...rows].sort((one, other) => place(one) - place(other) || byUrgency(one, other))) {
    const code = `${row.state.code} ${String(row.values[way] ?? "")}`;
    const group = groups.get(code) ?? { code, label: [row.state.label, row.shown[way]].filter(Boolean).join(" · "), items: [] };
    group.items.push({ kind: "record", key: `record-${row.id}`, row });
    groups.set(code, group);
  }
  const of = [...groups.values()];
  return scanned.length ? [{ code: "scanned", label: scannedLabel, items: scanned }, ...of] : of;
}

const path = "/files/waiting";

/** Files dropped here and not yet entered. They wait on the server, at the desk of the post: no browser loses them. */
export function useScanned() {
  const waiting = useGet<WaitingFile[]>(path);
  return {
    ...waiting,
    files: (waiting.data ?? []).map(({ file, name, media_type }): Waiting => ({ kind: "file", key: `file-${file}`, file, name, mediaType: media_type })),
    added: () => cache.invalidate(path),
    drop: async (file: Id) => {
      await remove(`${path}/${file}`);
      cache.invalidate(path);
    },
  };
}

const waiting = (register: Register, query: Record<string, string | number>) =>
  withQuery(`/registers/${register.code}/records?${waitingStates(register).map((state) => `state=${state.code}`).join("&")}`, query);

export const useWaiting = (register: Register) => usePages<Row>(waiting(register, { order: "created_at", limit: 200 }));
