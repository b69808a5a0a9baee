import { expect, it } from "vitest";
import type { Unit } from "@/api/types";
import { narrowed, treeOf } from "./UnitTree";

const unit = (id: number, parent: number | undefined, name: string): Unit => ({ id, parent, agency: 1, kind: "", kind_label: "", name, short_name: "", abbreviation: "", is_agency: false, valid_from: "2020-01-01", sort: id });
const units = [unit(1, undefined, "Bộ"), unit(2, 1, "Văn phòng"), unit(3, 2, "Phòng Tổng hợp"), unit(4, 1, "Vụ Pháp chế"), unit(9, 77, "Lạc")];

it("makes a tree of the flat list, and leaves none out", () => {
  const tree = treeOf(units, (each) => each.name);
  expect(tree.map((node) => node.key)).toEqual([1, 9]);
  expect(tree[0]!.children.map((node) => node.key)).toEqual([2, 4]);
  expect(tree[0]!.children[0]!.children.map((node) => node.title)).toEqual(["Phòng Tổng hợp"]);
});

it("keeps what fits without marks, and all above it", () => {
  expect(narrowed(units, "tong hop").map((each) => each.id)).toEqual([1, 2, 3]);
  expect(narrowed(units, "  ")).toHaveLength(5);
});
