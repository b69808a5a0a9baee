import { act, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cache, useDo, useGet, usePages } from "./hooks";
import { ApiError } from "./error";

let answers: Record<string, unknown>;

beforeEach(() => {
  cache.clear();
  vi.stubGlobal("fetch", (address: string) => {
    const body = answers[address.replace("/api", "")];
    return Promise.resolve(body === undefined ? new Response(JSON.stringify({ error: { code: "x", message: "Không có." } }), { status: 404 }) : new Response(JSON.stringify(body)));
  });
});
afterEach(() => vi.unstubAllGlobals());

function One({ path }: { path: string }) {
  const state = useGet<string>(path);
  return (
    <p>
      {state.loading && "đang tải"} {state.data} {state.error?.message}
      <button onClick={state.retry}>lại</button>
    </p>
  );
}

it("shows what comes, then what is newer, then an error with a retry", async () => {
  answers = { "/a": "một" };
  render(<One path="/a" />);
  expect(screen.getByText(/đang tải/)).toBeTruthy();
  await screen.findByText(/một/);
  answers = { "/a": "hai" };
  act(() => cache.invalidate("/a"));
  await screen.findByText(/hai/);
  answers = {};
  act(() => screen.getByText("lại").click());
  await screen.findByText(/hai.*Không có/);
});

function Many() {
  const pages = usePages<number>("/list");
  return (
    <p>
      [{pages.data?.join(",")}] {pages.more ? "còn" : "hết"} {pages.count?.number}
      <button onClick={pages.loadMore}>thêm</button>
    </p>
  );
}

it("reads a list page after page by its key", async () => {
  answers = { "/list": { items: [1, 2], next: "k2", count: { number: 5, more: false } }, "/list?after=k2": { items: [3, 4], next: "k4" }, "/list?after=k4": { items: [5] } };
  render(<Many />);
  await screen.findByText(/\[1,2\] còn 5/);
  act(() => screen.getByText("thêm").click());
  await screen.findByText(/\[1,2,3,4\] còn 5/);
  act(() => screen.getByText("thêm").click());
  await screen.findByText(/\[1,2,3,4,5\] hết 5/);
});

it("does one thing at a time and keeps its refusal", async () => {
  const refuse = vi.fn(() => Promise.reject(new ApiError(409, { error: { code: "x", message: "Đã sửa." } })));
  function Button() {
    const doing = useDo(refuse);
    return <button onClick={() => { void doing.run(); void doing.run(); }}>{doing.error?.message ?? "làm"}</button>;
  }
  render(<Button />);
  act(() => screen.getByText("làm").click());
  await waitFor(() => screen.getByText("Đã sửa."));
  expect(refuse).toHaveBeenCalledOnce();
});
