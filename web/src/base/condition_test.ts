import { describe, expect, test } from "vitest";
import { holds } from "./condition";

const values = { paper: true, state: "registered", copies: 3, notation: null, urgency: "urgent", note: "" };

describe("a condition of the form", () => {
  test.each([
    ["paper", true],
    ["!paper", false],
    ['state == "registered"', true],
    ['state != "registered"', false],
    ['state in ["received", "registered"]', true],
    ['urgency in ["normal"]', false],
    ["copies > 2", true],
    ["copies >= 3 && paper", true],
    ["copies < 3 || !paper", false],
    ["notation == null", true],
    ["note == null", true],
    ["notation > 3", false],
    ['(state == "done" || paper) && copies == 3', true],
    ["unknown", undefined],
    ["unknown && false", false],
    ["unknown || paper", true],
    ["exists(incoming, sender == this.sender)", undefined],
    ["due < today + 2", undefined],
    ["(paper", undefined],
    ["paper ==", undefined],
    ["", undefined],
  ])("%s is %s", (condition, result) => expect(holds(condition, values)).toBe(result));
});
