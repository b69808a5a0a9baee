import { describe, expect, it, test } from "vitest";
import { fold, readDecimal, readInteger, showCount, showDecimal, showMoney, showSize } from "./numbers";

describe("numbers", () => {
  test.each([
    ["97.12", "97,12"],
    ["1234567.5", "1.234.567,5"],
    ["-1200", "-1.200"],
    ["999", "999"],
    [0, "0"],
    ["mười", "mười"],
  ])("%s is shown as %s", (value, shown) => expect(showDecimal(value)).toBe(shown));

  test.each([
    ["97,12", 2, "97.12"],
    ["1.234.567,5", 2, "1234567.5"],
    ["1.234", 3, "1234"],
    ["12.5", 2, "12.5"],
    ["007", 0, "7"],
    ["1 200 000 đ", 0, "1200000"],
    ["-3,5", 1, "-3.5"],
    ["3,55", 1, undefined],
    ["3,5,5", 2, undefined],
    ["ba", 2, undefined],
    ["", 2, undefined],
  ])("%s with %d decimals is read as %s", (typed, scale, value) => expect(readDecimal(typed, scale)).toBe(value));

  it("stay exact beyond what a floating number holds", () => {
    expect(showMoney("12345678901234567890")).toBe("12.345.678.901.234.567.890 đ");
    expect(readDecimal("12.345.678.901.234.567.890", 0)).toBe("12345678901234567890");
  });

  it("of things are whole and safe", () => {
    expect(readInteger("1.200")).toBe(1200);
    expect(readInteger("1,5")).toBeUndefined();
    expect(readInteger("99999999999999999999")).toBeUndefined();
  });

  it("stop counting at a thousand", () => {
    expect(showCount({ number: 1000, more: true })).toBe("1.000+");
    expect(showCount({ number: 12, more: false })).toBe("12");
    expect(showCount(null)).toBe("");
  });

  it("of bytes are short", () => {
    expect(showSize(512)).toBe("512 B");
    expect(showSize(1536)).toBe("1,5 KB");
    expect(showSize(50 * 1024 * 1024)).toBe("50 MB");
  });
});

describe("folding", () => {
  it("drops marks, case and the bar of đ", () => {
    expect(fold("Đơn vị Chủ trì")).toBe("don vi chu tri");
    expect(fold("ĐẶNG XUÂN TRƯỜNG")).toBe("dang xuan truong");
  });
});
