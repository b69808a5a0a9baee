import { usePages } from "@/api/hooks";
import { usePreferences } from "@/api/preferences";
import { withQuery } from "@/api/client";
import type { Id, Register, Row } from "@/api/types";

export type Waiting = { kind: "record"; key: string; row: Row } | { kind: "file"; key: string; file: Id; name: string };

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

/** Files dropped here and not yet entered; kept with the account, so that a closed browser loses none. */
export function useScanned() {
  const [preferences, change] = usePreferences();
  const kept = preferences.desk ?? [];
  return {
    files: kept.map(({ file, name }): Waiting => ({ kind: "file", key: `file-${file}`, file, name })),
    add: (added: { file: Id; name: string }) => change((now) => ({ desk: [...(now.desk ?? []), added] })),
    drop: (file: Id) => change((now) => ({ desk: (now.desk ?? []).filter((each) => each.file !== file) })),
  };
}

export const useWaiting = (register: Register) => usePages<Row>(withQuery(`/registers/${register.code}/records`, { state: waitingState(register), order: "created_at", limit: 200 }));
