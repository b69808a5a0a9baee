import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { createMemoryRouter, RouterProvider, useLocation } from "react-router-dom";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SessionProvider } from "@/api/session";
import { cache } from "@/api/hooks";
import { RecordPage } from "@/modules/records/RecordPage";
import { toast } from "@/ui/toast";
import { NewRecordPage } from "./NewRecordPage";

const register = {
  code: "incoming",
  title: "Văn bản đến",
  version: 1,
  group: "documents",
  fields: [
    { code: "subject", type: "text", label: "Trích yếu", required: true },
    { code: "secrecy", type: "choice", label: "Độ mật", required: true, choices: [{ code: "ordinary", label: "Không mật" }, { code: "confidential", label: "Mật" }] },
  ],
  form: [{ code: "main", label: "Văn bản", columns: 2, fields: ["subject", "secrecy"] }],
  states: [],
  actions: [],
  list: [],
  order: [],
  queues: [],
  counters: [],
  print: [],
  keep: { years: 0 },
  may: { create: true, books: true },
};

/** What the server answers at the end of a path. */
let answers: Record<string, () => Response>;
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

beforeEach(() => {
  cache.clear();
  answers = {
    "/session": () => json({ account: { id: 1, language: "vi" }, posts: [], permissions: ["use"], clearance: 0, csrf: "c" }),
    "/registers/incoming": () => json(register),
    "/check": () => json({ errors: [], warnings: [], computed: {} }),
  };
  vi.stubGlobal("fetch", (address: string) => {
    const found = Object.entries(answers).find(([end]) => address.split("?")[0]?.endsWith(end));
    return Promise.resolve(found ? found[1]() : json({ error: { code: "records.not_found", message: "Không có hồ sơ này." } }, 404));
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const Place = () => <output aria-label="place">{useLocation().pathname + useLocation().search}</output>;

function open(address: string) {
  const router = createMemoryRouter(
    [
      { path: "/registers/:register/new", element: <NewRecordPage /> },
      { path: "/records/:record", element: <RecordPage /> },
      { path: "*", element: <Place /> },
    ],
    { initialEntries: [address] },
  );
  render(
    <SessionProvider failed={() => null}>
      <RouterProvider router={router} />
    </SessionProvider>,
  );
}

it("hands a document above its maker's clearance to the keeper: says so, and goes back to the list", async () => {
  const told = vi.spyOn(toast, "told");
  const done = vi.spyOn(toast, "done");
  answers["/registers/incoming/records"] = () => json({ id: 7 }, 201);
  open("/registers/incoming/new?subject=x&secrecy=confidential");
  await screen.findByText(/vượt độ mật đồng chí được xem/);
  fireEvent.click(screen.getByText("Lưu"));
  expect((await screen.findByLabelText("place")).textContent).toBe("/registers/incoming");
  expect(told).toHaveBeenCalledWith(expect.stringContaining("người giữ sổ mật"));
  expect(done).not.toHaveBeenCalled();
  expect(cache.get("/records/7").data).toBeUndefined();
});

it("warns of nothing where the secrecy is within the clearance", async () => {
  open("/registers/incoming/new?subject=x&secrecy=ordinary");
  await screen.findByText("Lưu");
  expect(screen.queryByText(/vượt độ mật/)).toBeNull();
});

it("shows what has gone beyond its reader as not there, though it was known a moment ago", async () => {
  answers["/records/7"] = () => json({ id: 7 });
  open("/records/7");
  await waitFor(() => expect(cache.get("/records/7").data).toBeTruthy());
  delete answers["/records/7"];
  act(() => cache.invalidate("/records/7"));
  await screen.findByText("Không tìm thấy");
});

it("opens with the focus on the first field, and again for the next one", async () => {
  answers["/registers/incoming/records"] = () => json({ id: 7, register: "incoming", version: 1, title: "x", values: {}, shown: {}, actions: [] }, 201);
  open("/registers/incoming/new?secrecy=ordinary");
  const subject = await screen.findByLabelText(/Trích yếu/);
  await waitFor(() => expect(document.activeElement).toBe(subject));
  fireEvent.change(subject, { target: { value: "x" } });
  subject.blur();
  fireEvent.keyDown(document, { key: "Enter", ctrlKey: true });
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>(/Trích yếu/).value).toBe(""));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/Trích yếu/)));
});
