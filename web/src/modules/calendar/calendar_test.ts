import { expect, it } from "vitest";
import type { CalendarDay } from "@/api/types";
import { addDays } from "@/base/dates";
import { weeksOf } from "./CalendarPage";

it("lays a month in weeks from Monday", () => {
  // November 2026 begins on a Sunday.
  const days = Array.from({ length: 30 }, (_, index): CalendarDay => ({ date: addDays("2026-11-01", index), kind: "working", note: "" }));
  const weeks = weeksOf(days);
  expect(weeks).toHaveLength(6);
  expect(weeks[0]!.map((day) => day?.date ?? null)).toEqual([null, null, null, null, null, null, "2026-11-01"]);
  expect(weeks[5]!.map((day) => day?.date ?? null)).toEqual(["2026-11-30", null, null, null, null, null, null]);
  expect(weeksOf([])).toEqual([]);
});
