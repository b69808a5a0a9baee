import { fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { MemoryRouter, Route, Routes, useLocation } from "react-router-dom";
import { beforeEach, expect, it, vi } from "vitest";
import type { Pages } from "@/api/hooks";
import { DataList, type Key } from "./DataList";

interface Line {
  id: number;
  name: string;
}

const lines: Line[] = [{ id: 1, name: "một" }, { id: 2, name: "hai" }, { id: 3, name: "ba" }];
const pages = (data: Line[] | undefined, more: Partial<Pages<Line>> = {}): Pages<Line> => ({ data, loading: false, retry: () => undefined, more: false, loadMore: () => undefined, loadingMore: false, ...more });

beforeEach(() => vi.stubGlobal("fetch", () => Promise.resolve(new Response("{}"))));

function Place() {
  return <output>{useLocation().pathname}</output>;
}

function List({ rows, onOrder }: { rows: Pages<Line>; onOrder?: (order: string) => void }) {
  const [current, setCurrent] = useState<Key>(1);
  const [selected, setSelected] = useState<Set<Key>>(new Set());
  return (
    <DataList
      label="bảng"
      columns={[{ code: "name", label: "Tên", order: "name", render: (line) => line.name }]}
      rows={rows}
      rowKey={(line) => line.id}
      href={(line) => `/lines/${line.id}`}
      current={current}
      onCurrent={(line) => setCurrent(line.id)}
      selected={selected}
      onSelected={setSelected}
      order="name"
      onOrder={onOrder}
      empty={<p>trống</p>}
    />
  );
}

const draw = (rows: Pages<Line>, onOrder?: (order: string) => void) =>
  render(
    <MemoryRouter>
      <Place />
      <Routes>
        <Route path="*" element={<List rows={rows} onOrder={onOrder} />} />
      </Routes>
    </MemoryRouter>,
  );
const currentRow = () => screen.getAllByRole("row").find((row) => row.getAttribute("aria-current") === "true");
const press = (key: string) => fireEvent.keyDown(document.body, { key });

it("is read by key: J and K move, X ticks, Enter opens", () => {
  draw(pages(lines));
  press("j");
  press("j");
  press("j");
  expect(within(currentRow()!).getByText("ba")).toBeTruthy();
  press("k");
  press("x");
  expect(screen.getByText("Đã chọn 1")).toBeTruthy();
  press("x");
  expect(screen.queryByText("Đã chọn 1")).toBeNull();
  press("Enter");
  expect(screen.getByText("/lines/2")).toBeTruthy();
});

it("ticks all rows shown and lets them go", () => {
  draw(pages(lines));
  fireEvent.click(screen.getByLabelText("Chọn tất cả các dòng đang hiện"));
  expect(screen.getByText("Đã chọn 3")).toBeTruthy();
  fireEvent.click(screen.getByText("Bỏ chọn"));
  expect(screen.queryByText("Đã chọn 3")).toBeNull();
});

it("orders by a column, the other way the second time", () => {
  const order = vi.fn();
  draw(pages(lines), order);
  expect(screen.getByRole("columnheader", { name: /Tên/ }).getAttribute("aria-sort")).toBe("ascending");
  fireEvent.click(screen.getByRole("button", { name: /Tên/ }));
  expect(order).toHaveBeenCalledWith("-name");
});

it("says what is empty, what failed and what more there is", () => {
  const { unmount } = draw(pages([]));
  expect(screen.getByText("trống")).toBeTruthy();
  unmount();
  const more = vi.fn();
  draw(pages(lines, { more: true, loadMore: more, count: { number: 1000, more: true } }));
  expect(screen.getByText("3 trong 1.000+ dòng")).toBeTruthy();
  fireEvent.click(screen.getByText("Xem thêm"));
  expect(more).toHaveBeenCalled();
});
