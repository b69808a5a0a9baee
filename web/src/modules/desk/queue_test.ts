import { describe, expect, it } from "vitest";
import type { Register, Row } from "@/api/types";
import { groupsOf, waitingStates } from "./queue";

const row = (id: number, urgency: string, way: string, at: string, state = "received") => ({ id, state: { code: state, label: state === "received" ? "Chờ tiếp nhận" : "Chờ vào sổ" }, values: { urgency, way }, shown: { way: way === "paper" ? "Bản giấy" : "Liên thông" }, created_at: at }) as unknown as Row;

describe("the desk's queue", () => {
  const states = [{ code: "received", kind: "initial" }, { code: "waiting_book", kind: "middle" }, { code: "registered", kind: "middle" }] as Register["states"];

  it("stands by state and the way documents came, urgent first, then the longest waiting", () => {
    const rows = [row(5, "express", "paper", "2026-11-01", "waiting_book"), row(1, "normal", "paper", "2026-11-02"), row(2, "express", "paper", "2026-11-03"), row(3, "normal", "paper", "2026-11-01"), row(4, "urgent", "electronic", "2026-11-01")];
    const groups = groupsOf(rows, [{ kind: "file", key: "file-9", file: 9, name: "quet.pdf", mediaType: "application/pdf" }], states, "Tệp quét");
    expect(groups.map((group) => [group.label, group.items.map((item) => item.key)])).toEqual([
      ["Tệp quét", ["file-9"]],
      ["Chờ tiếp nhận · Bản giấy", ["record-2", "record-3", "record-1"]],
      ["Chờ tiếp nhận · Liên thông", ["record-4"]],
      ["Chờ vào sổ · Bản giấy", ["record-5"]],
    ]);
  });

  it("waits in the states from which a number is given, else in the first", () => {
    const codes = (register: Partial<Register>) => waitingStates(register as Register).map((state) => state.code);
    expect(codes({ states, actions: [{ code: "register", number: true, from: ["received", "waiting_book"] }] as Register["actions"] })).toEqual(["received", "waiting_book"]);
    expect(codes({ states, actions: [] })).toEqual(["received"]);
  });
});
