import { describe, expect, it } from "vitest";
import type { Field, Register, RegisterAction, Row } from "@/api/types";
import { fitting } from "./BulkActs";
import { differing } from "./ConflictDialog";
import { expressionOf, fieldFilters, parameterOf, quoted, valueOf } from "./filter";
import { changed, sendable } from "./useRecordForm";

const field = (code: string, type: Field["type"], label: string): Field => ({ code, type, label, required: false, search: false });
const fields: Field[] = [
  field("sender", "agency", "Tác giả"),
  field("notation", "text", "Số, ký hiệu"),
  field("arrived_on", "date", "Ngày đến"),
  field("paper", "yes_no", "Có bản giấy"),
  field("total", "computed", "Cộng"),
];
const register: Register = { code: "incoming", title: "", version: 1, group: "documents", fields, form: [], states: [], actions: [], list: [], order: [], queues: [], counters: [], print: [], keep: { years: 0 }, may: { create: true, books: true } };

describe("filters of a list", () => {
  it("are the fields named in the address", () => {
    expect(fieldFilters(new URLSearchParams("queue=late&q=x&sender=500&unknown=1&notation="), fields)).toEqual({ sender: "500" });
  });

  it("become an expression that can be saved", () => {
    expect(expressionOf({ sender: "500", notation: 'a"b', arrived_on: "2026-08-05", paper: "true" }, "registered", fields)).toBe(
      'state == "registered" && sender == 500 && notation == "a\\"b" && arrived_on == date("2026-08-05") && paper',
    );
    expect(expressionOf({ paper: "false" }, null, fields, "x == 1")).toBe("(x == 1) && !paper");
    expect(expressionOf({}, null, fields)).toBe("");
    expect(quoted("a\\b")).toBe('"a\\\\b"');
  });

  it("go to the address and back", () => {
    expect(parameterOf({ kind: "unit", id: 5, label: "x" })).toBe("5");
    expect(parameterOf(false)).toBe("false");
    expect(parameterOf("")).toBeNull();
    expect(valueOf(fields[0]!, "5")).toBe(5);
    expect(valueOf(fields[3]!, "false")).toBe(false);
    expect(valueOf(fields[1]!, undefined)).toBeNull();
  });
});

describe("what a form sends", () => {
  it("is never a computed value, and null for what was emptied", () => {
    expect(sendable(register, { notation: "", total: "5", other: 1 })).toEqual({ notation: null });
  });

  it("of an edit is what differs", () => {
    expect(changed(register, { notation: "12", sender: 5 }, { notation: "13", sender: 5, paper: null })).toEqual({ notation: "13" });
  });

  it("conflicts where another saved something else", () => {
    const began = { notation: "11", sender: 5 };
    expect(differing(register, began, { notation: "13", sender: 6 }, { notation: "12", sender: 5 })).toEqual(["notation"]);
    expect(differing(register, began, { notation: "12" }, { notation: "12", sender: 7 })).toEqual([]);
  });
});

describe("acts on many", () => {
  const row = (state: string) => ({ state: { code: state } }) as Row;
  const actions: RegisterAction[] = [
    { code: "register", label: "Vào sổ", from: ["received"], needs: [], bulk: true },
    { code: "break", label: "Báo hỏng", from: [], needs: [{ code: "reason", label: "Lý do", is_field: false }], bulk: true },
    { code: "submit", label: "Trình ký", from: [], needs: [{ code: "signer", label: "Người ký", is_field: true }], bulk: true },
    { code: "assign", label: "Phân công", from: [], needs: [], bulk: true },
    { code: "single", label: "Từng cái", from: [], needs: [] },
  ];

  it("fit every row's state", () => {
    expect(fitting(actions, [row("received")]).map((action) => action.code)).toEqual(["register", "break", "submit"]);
    expect(fitting(actions, [row("received"), row("done")]).map((action) => action.code)).toEqual(["break", "submit"]);
  });
});
