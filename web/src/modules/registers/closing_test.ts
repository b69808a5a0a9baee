import { describe, expect, it } from "vitest";
import { closing } from "./closing";

describe("closing", () => {
  it("waits until the year is over", () => {
    expect(closing(2026, 2026)).toBe("later");
    expect(closing(2025, 2026)).toBe("now");
    expect(closing(0, 2026)).toBe("never");
  });
});
