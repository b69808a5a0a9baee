import { cache, useGet, usePages } from "@/api/hooks";
import { remove, withQuery } from "@/api/client";
import type { Id, Register, Row, WaitingFile } from "@/api/types";

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

/** The state in which a document waits for its number: the first of the register. */
export const waitingState = (register: Register) => register.states.find((state) => state.kind === "initial")?.code ?? register.states[0]?.code ?? "";

/** Rows by the way they came, each urgent first; `scanned` stand before them. */
export function groupsOf(rows: Row[], scanned: Waiting[], labels: { scanned: string; waiting: string }): Group[] {
  const groups = new Map<string, Group>();
  for (const row of [...rows].sort(byUrgency)) {
    const code = String(row.values[way] ?? "");
    const group = groups.get(code) ?? { code, label: row.shown[way] ?? labels.waiting, items: [] };
    group.items.push({ kind: "record", key: `record-${row.id}`, row });
    groups.set(code, group);
  }
  const of = [...groups.values()];
  return scanned.length ? [{ code: "scanned", label: labels.scanned, items: scanned }, ...of] : of;
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

export const useWaiting = (register: Register) => usePages<Row>(withQuery(`/registers/${register.code}/records`, { state: waitingState(register), order: "created_at", limit: 200 }));
