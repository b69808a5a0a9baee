import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cache } from "@/api/hooks";
import type { Job, Jobs } from "@/api/types";
import { JobsPage } from "./JobsPage";

const job = (id: number, more: Partial<Job>): Job => ({ id, kind: "content.read", label: "Đọc chữ", state: "given_up", tries: 1, due_at: "2026-08-25T03:30:00Z", created_at: "2026-08-25T03:30:00Z", ...more });
const of = (failed: Job[], waiting: Job[] = []): Jobs => ({ failed, waiting, failed_count: { number: failed.length, more: false }, waiting_count: { number: waiting.length, more: false } });
/** As the server has them. */
let there: Jobs;
let changes: string[];

beforeEach(() => {
  cache.clear();
  changes = [];
  vi.stubGlobal("fetch", (address: string, request: RequestInit) => {
    const path = address.replace("/api", "");
    if (request.method !== "GET") {
      changes.push(`${request.method} ${path}`);
      const again = there.failed.filter(({ id }) => path === "/jobs/retry" || path === `/jobs/${id}/retry`);
      there = of(there.failed.filter((each) => !again.includes(each)), again.map((each) => ({ ...each, state: "waiting" as const })));
      return Promise.resolve(path === "/jobs/retry" ? new Response(JSON.stringify({ jobs: again.length })) : new Response(null, { status: 204 }));
    }
    return Promise.resolve(new Response(JSON.stringify(path === "/jobs" ? there : [])));
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = () =>
  render(
    <MemoryRouter>
      <JobsPage />
    </MemoryRouter>,
  );
const row = (text: string | RegExp) => screen.findByText(text).then((found) => found.closest("li")!);

it("says that nothing waits", async () => {
  there = of([]);
  open();
  await screen.findByText("Không có việc nào đang chờ");
  expect(screen.queryByText("Thử lại tất cả")).toBeNull();
});

it("names the file, leads to its record, and says no more than its number where the reader may not see it", async () => {
  there = of([job(1, { error: "Tệp không còn trên đĩa.", file: { id: 7, name: "cong-van.pdf", record: 12 } }), job(2, { file: { id: 8 } }), job(3, { state: "failed", tries: 3 })]);
  open();
  const seen = await row("cong-van.pdf");
  expect(within(seen).getByRole("link").getAttribute("href")).toBe("/records/12");
  expect(seen.textContent).toContain("Tệp không còn trên đĩa.");
  expect(seen.textContent).toContain("Đã dừng");
  const hidden = await row(/Tệp số 8/);
  expect(within(hidden).queryByRole("link")).toBeNull();
  expect((await row(/đã thử 3 lần/)).textContent).toContain("Tự thử lại lúc 10:30 25/08/2026");
  await screen.findByText("Bị lỗi (3)");
});

it("tries one again, then all that are left", async () => {
  there = of([job(1, { file: { id: 7, name: "mot.pdf" } }), job(2, { file: { id: 8, name: "hai.pdf" } }), job(3, { file: { id: 9, name: "ba.pdf" } })]);
  open();
  fireEvent.click(within(await row("hai.pdf")).getByRole("button"));
  await screen.findByText("Bị lỗi (2)");
  await screen.findByText("Đang chờ (1)");
  expect(changes).toEqual(["PUT /jobs/2/retry"]);
  fireEvent.click(screen.getByText("Thử lại tất cả"));
  await screen.findByText("Không có việc nào bị lỗi.");
  await waitFor(() => expect(screen.queryByText("Thử lại tất cả")).toBeNull());
  expect(changes).toEqual(["PUT /jobs/2/retry", "PUT /jobs/retry"]);
});
