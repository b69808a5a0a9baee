import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { forget } from "@/api/forget";
import { cache } from "@/api/hooks";
import type { RecordView, Register } from "@/api/types";
import { toast } from "@/ui/toast";
import { DeskForm } from "./DeskForm";

const register: Register = {
  code: "incoming",
  title: "Văn bản đến",
  version: 1,
  group: "documents",
  fields: [{ code: "subject", type: "text", label: "Trích yếu", required: true, search: true }],
  form: [{ code: "main", label: "Văn bản", columns: 2, fields: ["subject"] }],
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
const made = { id: 7, register: "incoming", version: 1, title: "x", values: {}, shown: {}, actions: [] } as unknown as RecordView;

/** What a request is answered: a status, and a body. */
let creating: () => Response;

beforeEach(() => {
  cache.clear();
  vi.stubGlobal("fetch", (address: string) =>
    Promise.resolve(address.endsWith("/check") ? new Response(JSON.stringify({ errors: [], warnings: [], computed: {} })) : creating()),
  );
});
afterEach(() => vi.unstubAllGlobals());

function open(file: number) {
  const next = vi.fn();
  const page = render(
    <MemoryRouter>
      <DeskForm register={register} file={{ id: file, name: "anh.pdf" }} next={next} />
    </MemoryRouter>,
  );
  return { next, leave: () => page.unmount() };
}
const subject = () => screen.getByLabelText<HTMLInputElement>(/Trích yếu/);
const type = (text: string) => fireEvent.change(subject(), { target: { value: text } });
const enter = () => fireEvent.click(screen.getByText(/Vào sổ/));

it("keeps what was typed when it can't be sent, also after a look at another document", async () => {
  creating = () => new Response(JSON.stringify({ error: { code: "db.disk_full", message: "Ổ đĩa đã đầy." } }), { status: 503 });
  const first = open(1);
  type("V/v phân bổ dự toán");
  enter();
  await screen.findByText("Ổ đĩa đã đầy.");
  expect(subject().value).toBe("V/v phân bổ dự toán");
  expect(first.next).not.toHaveBeenCalled();
  first.leave();

  const other = open(2);
  expect(subject().value).toBe("");
  other.leave();

  open(1);
  expect(subject().value).toBe("V/v phân bổ dự toán");
});

it("keeps nothing typed for whoever signs in next", () => {
  const page = open(8);
  type("của người trước");
  page.leave();
  forget();
  open(8);
  expect(subject().value).toBe("");
});

it("keeps nothing of what was entered", async () => {
  creating = () => new Response(JSON.stringify(made), { status: 201 });
  const page = open(3);
  type("V/v đã vào sổ");
  enter();
  await waitFor(() => expect(page.next).toHaveBeenCalled());
  page.leave();
  open(3);
  expect(subject().value).toBe("");
});

it("goes on after a document that is above the clerk's clearance, saying where it went", async () => {
  const told = vi.spyOn(toast, "told");
  creating = () => new Response(JSON.stringify({ id: 7 }), { status: 201 });
  const page = open(4);
  type("V/v mật");
  enter();
  await waitFor(() => expect(page.next).toHaveBeenCalled());
  expect(told).toHaveBeenCalledWith(expect.stringContaining("người giữ sổ mật"));
});
