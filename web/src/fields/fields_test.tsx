import { fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { describe, expect, it, test, vi } from "vitest";
import type { Field, FieldType, Value } from "@/api/types";
import { FieldInput, FieldView, kinds } from ".";

const field = (type: FieldType, more: Partial<Field> = {}): Field => ({ code: "f", type, label: "Mục", required: false, search: false, ...more });
const choices = [{ code: "a", label: "Công văn" }, { code: "b", label: "Tờ trình" }];

function shown(of: Field, value: Value, text?: string): string {
  const { container } = render(<MemoryRouter><FieldView field={of} value={value} shown={text} /></MemoryRouter>);
  return container.textContent ?? "";
}

describe("a value is read as it is written here", () => {
  test.each<[FieldType, Value, string | undefined, Partial<Field>, string]>([
    ["text", "Về việc báo cáo", undefined, {}, "Về việc báo cáo"],
    ["long_text", "một\nhai", undefined, {}, "một\nhai"],
    ["integer", 2126, "2126", {}, "2126"],
    ["integer", 2026, undefined, {}, "2026"],
    ["decimal", "97.12", undefined, {}, "97,12"],
    ["money", "25000000", undefined, {}, "25.000.000 đ"],
    ["date", "2026-08-05", undefined, {}, "05/08/2026"],
    ["time", "09:30", undefined, {}, "09:30"],
    ["yes_no", true, undefined, {}, "Có"],
    ["yes_no", false, undefined, {}, "Không"],
    ["choice", "b", undefined, { choices }, "Tờ trình"],
    ["choices", ["a", "b"], undefined, { choices }, "Công văn, Tờ trình"],
    ["person", 5, "Đỗ Đức Anh", {}, "Đỗ Đức Anh"],
    ["post", 5, undefined, {}, "#5"],
    ["unit", 3, "Phòng Tổng hợp", {}, "Phòng Tổng hợp"],
    ["agency", 3, "Bộ Tài chính", {}, "Bộ Tài chính"],
    ["record", 7, "Công văn 12", {}, "Công văn 12"],
    ["file", 7, "anh.png", {}, "anh.png"],
    ["computed", "15500000", undefined, { computed_type: "money" }, "15.500.000 đ"],
    ["computed", "2026-01-02", undefined, { computed_type: "date" }, "02/01/2026"],
  ])("%s %o", (type, value, text, more, expected) => expect(shown(field(type, more), value, text)).toBe(expected));

  it("shows nothing for a missing value of any type", () => {
    for (const type of Object.keys(kinds) as FieldType[]) expect(shown(field(type), null), type).toBe("");
  });
});

describe("a value is typed as it is written here", () => {
  function type(of: Field, text: string): unknown {
    const heard = vi.fn();
    render(<FieldInput field={of} id="x" value={null} onChange={heard} />);
    const box = screen.getByRole("textbox");
    fireEvent.change(box, { target: { value: text } });
    fireEvent.blur(box);
    return heard.mock.calls.at(-1)?.[0];
  }

  it("takes a decimal with its comma as an exact string", () => expect(type(field("decimal", { scale: 2 }), "1.234,5")).toBe("1234.5"));
  it("takes money with dots between thousands", () => expect(type(field("money"), "1.200.000")).toBe("1200000"));
  it("takes a whole number", () => expect(type(field("integer"), "12")).toBe(12));
  it("says nothing of what is no number", () => expect(type(field("integer"), "mười hai")).toBeUndefined());
  it("makes a pasted subject one line", () => expect(type(field("text", { max_length: 500 }), "Về việc\n  báo cáo")).toBe("Về việc báo cáo"));
});
