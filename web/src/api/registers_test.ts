import { expect, it } from "vitest";
import type { MenuGroup, RegisterSummary } from "./types";
import { inMenu, ordered } from "./registers";

const register = (code: string, group: string): RegisterSummary => ({ code, title: code, group, group_label: group, icon: "", may: { create: true, books: true } });
const group = (code: string): MenuGroup => ({ code, label: code, items: [] });

it("orders registers by the groups of the menu, keeps their order within, and loses none", () => {
  const all = [register("node", "network"), register("incoming", "documents"), register("odd", "other"), register("task", "documents")];
  expect(ordered(all, [group("work"), group("documents"), group("network")]).map((each) => each.code)).toEqual(["incoming", "task", "node", "odd"]);
  expect(ordered(all, [])).toEqual(all);
});

it("leaves out what the menu does not name", () => {
  const menu = [{ ...group("documents"), items: [{ code: "incoming", label: "Văn bản đến", path: "/registers/incoming" }, { code: "incoming.late", label: "Quá hạn", path: "/registers/incoming?queue=late" }] }];
  expect(inMenu([register("node", "network"), register("incoming", "documents")], menu).map((each) => each.code)).toEqual(["incoming"]);
});
