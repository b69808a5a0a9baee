import { expect, it } from "vitest";
import { nameOf, span } from "./names";
import { loginOf } from "./PersonDialogs";

it("calls people and posts by what they have", () => {
  expect(nameOf({ kind: "post", id: 1, label: "Chánh Văn phòng" })).toBe("Chánh Văn phòng");
  expect(nameOf({ full_name: "Lê Hoàng Nam" })).toBe("Lê Hoàng Nam");
  expect(nameOf(null)).toBe("");
  expect(span("2026-01-01")).toBe("từ 01/01/2026");
  expect(span("2026-01-01", "2026-03-31")).toBe("từ 01/01/2026 đến 31/03/2026");
});

it("makes a login of the given name and the initials", () => {
  expect(loginOf("Nguyễn Thị Minh Hạnh")).toBe("hanh.ntm");
  expect(loginOf("Đỗ Đức Anh")).toBe("anh.dd");
  expect(loginOf("An")).toBe("an");
});
