import { expect, it } from "vitest";
import { nameOf, span } from "./names";
import { loginOf } from "./PersonDialogs";

it("says names and spans of time", () => {
  expect(nameOf({ label: "Chánh Văn phòng" })).toBe("Chánh Văn phòng");
  expect(nameOf(undefined)).toBe("");
  expect(span("2026-01-01")).toBe("từ 01/01/2026");
  expect(span("2026-01-01", "2026-03-31")).toBe("từ 01/01/2026 đến 31/03/2026");
});

it("makes a login of the given name and the initials", () => {
  expect(loginOf("Nguyễn Thị Minh Hạnh")).toBe("hanh.ntm");
  expect(loginOf("Đỗ Đức Anh")).toBe("anh.dd");
  expect(loginOf("An")).toBe("an");
});
