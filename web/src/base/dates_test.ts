import { describe, expect, it, test } from "vitest";
import { addDays, dayOf, daysBetween, readDay, showDay, showInstant, weekday } from "./dates";

describe("days", () => {
  it("are shown as dd/MM/yyyy", () => {
    expect(showDay("2026-08-05")).toBe("05/08/2026");
    expect(showDay(null)).toBe("");
    expect(showDay("không rõ")).toBe("không rõ");
  });

  test.each([
    ["5/8/2026", "2026-08-05"],
    ["05-08-26", "2026-08-05"],
    ["5.8.2026", "2026-08-05"],
    ["05082026", "2026-08-05"],
    [" 29/02/2028 ", "2028-02-29"],
    ["29/02/2026", undefined],
    ["31/11/2026", undefined],
    ["8/2026", undefined],
    ["2026-08-05", undefined],
    ["", undefined],
  ])("%s is read as %s", (typed, day) => expect(readDay(typed)).toBe(day));

  it("are counted and added over months and years", () => {
    expect(addDays("2026-12-30", 3)).toBe("2027-01-02");
    expect(daysBetween("2026-02-27", "2026-03-02")).toBe(3);
    expect(daysBetween("2026-03-02", "2026-02-27")).toBe(-3);
  });

  it("begin the week on Monday", () => {
    expect(weekday("2026-11-16")).toBe(1);
    expect(weekday("2026-11-22")).toBe(7);
  });
});

describe("instants", () => {
  it("are told in Hà Nội's time", () => {
    expect(showInstant("2026-08-25T02:30:00.000Z")).toBe("09:30 25/08/2026");
    expect(showInstant("2026-12-31T17:00:00.000Z")).toBe("00:00 01/01/2027");
    expect(dayOf("2026-08-24T18:00:00.000Z")).toBe("2026-08-25");
    expect(showInstant(undefined)).toBe("");
  });
});
