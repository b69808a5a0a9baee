import { describe, expect, it } from "vitest";
import type { Register, Row } from "@/api/types";
import { groupsOf, waitingState } from "./queue";

const row = (id: number, urgency: string, way: string, at: string) => ({ id, values: { urgency, way }, shown: { way: way === "paper" ? "Bản giấy" : "Liên thông" }, created_at: at }) as unknown as Row;

describe("the desk's queue", () => {
  it("stands by the way documents came, urgent first, then the longest waiting", () => {
    const rows = [row(1, "normal", "paper", "2026-11-02"), row(2, "express", "paper", "2026-11-03"), row(3, "normal", "paper", "2026-11-01"), row(4, "urgent", "electronic", "2026-11-01")];
    const groups = groupsOf(rows, [{ kind: "file", key: "file-9", file: 9, name: "quet.pdf", mediaType: "application/pdf" }], { scanned: "Tệp quét", waiting: "Chờ" });
    expect(groups.map((group) => [group.label, group.items.map((item) => item.key)])).toEqual([
      ["Tệp quét", ["file-9"]],
      ["Bản giấy", ["record-2", "record-3", "record-1"]],
      ["Liên thông", ["record-4"]],
    ]);
  });

  it("waits in the register's first state", () => {
    expect(waitingState({ states: [{ code: "done", kind: "final" }, { code: "received", kind: "initial" }] } as Register)).toBe("received");
  });
});
