import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SessionProvider } from "@/api/session";
import { cache } from "@/api/hooks";
import { AssignDialog } from "./AssignDialog";

const session = { account: { id: 1, language: "vi" }, posts: [], permissions: ["use"], clearance: 0, csrf: "c", server: { today: "2026-08-25" } };
const leader = { kind: "post", id: 7, label: "Bộ trưởng" };
let sent: { path: string; body: Record<string, unknown> }[];

beforeEach(() => {
  cache.clear();
  sent = [];
  vi.stubGlobal("fetch", (address: string, options?: RequestInit) => {
    if (options?.method === "POST") sent.push({ path: address, body: JSON.parse(options.body as string) as Record<string, unknown> });
    const found = address.endsWith("/session") ? session : address.includes("/directory") ? [leader] : [];
    return Promise.resolve(new Response(JSON.stringify(found), { status: 200 }));
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const propose = (words: boolean) =>
  render(
    <SessionProvider failed={() => null}>
      <MemoryRouter>
        <AssignDialog proposal record={3} version={1} title="Phương án" words={words} close={() => undefined} />
      </MemoryRouter>
    </SessionProvider>,
  );

async function chooseDecider() {
  const picker = await screen.findByRole("combobox", { name: /^Trình/ });
  fireEvent.mouseDown(picker);
  await act(async () => fireEvent.change(picker, { target: { value: "Bộ" } }));
  fireEvent.click(await screen.findByText("Bộ trưởng"));
}

it("asks no words of a document above the server's ceiling and sends none", async () => {
  propose(false);
  await chooseDecider();
  expect(screen.queryByLabelText("Nội dung đề xuất")).toBeNull();
  expect(screen.getByText(/ghi trên hồ sơ giấy/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Trình" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]!.path).toContain("/records/3/proposal");
  expect(sent[0]!.body).not.toHaveProperty("text");
});

it("asks them of any other", async () => {
  propose(true);
  await chooseDecider();
  expect(screen.getByRole("button", { name: "Trình" })).toHaveProperty("disabled", true);
  fireEvent.change(screen.getByLabelText("Nội dung đề xuất"), { target: { value: "Kính trình" } });
  fireEvent.click(screen.getByRole("button", { name: "Trình" }));
  await waitFor(() => expect(sent[0]?.body).toMatchObject({ text: "Kính trình" }));
});
