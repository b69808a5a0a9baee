import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cache } from "@/api/hooks";
import { SessionProvider, useSession } from "@/api/session";
import { speak } from "@/texts";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { PersonMenu } from "./PersonMenu";

const session = {
  account: { id: 1, login: "vanthu", language: "vi" },
  person: { id: 1, full_name: "Vũ Khánh Hòa" },
  post: 5,
  posts: [
    { id: 5, title: "Văn thư", unit: { id: 1, name: "Văn phòng" }, agency: { id: 1, name: "Bộ", short_name: "Bộ" }, roles: [] },
    { id: 9, title: "Bộ trưởng", unit: { id: 2, name: "Bộ" }, agency: { id: 1, name: "Bộ", short_name: "Bộ" }, roles: [] },
  ],
  permissions: [],
  clearance: 0,
  csrf: "c",
};
let held: object | null;
/** Every change asked of the server. */
let changes: string[];

beforeEach(() => {
  cache.clear();
  held = session;
  changes = [];
  vi.stubGlobal("fetch", (address: string, request: RequestInit) => {
    const path = address.replace("/api", "");
    const method = request.method ?? "GET";
    if (method !== "GET") changes.push(`${method} ${path} ${typeof request.body === "string" ? request.body : ""}`.trim());
    if (path === "/session/post") held = { ...session, post: 9 };
    if (method === "DELETE") held = null;
    if (path.startsWith("/session")) return Promise.resolve(new Response(JSON.stringify(held ?? { error: { code: "service.signed_out", message: "hết" } }), { status: held ? 200 : 401 }));
    return Promise.resolve(new Response("{}", { status: 200 }));
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await speak("vi");
});

function Form() {
  const [text, setText] = useState("");
  return (
    <>
      <PersonMenu />
      <textarea aria-label="note" value={text} onChange={(event) => setText(event.target.value)} />
      <LeaveGuard dirty={text !== ""} />
    </>
  );
}
const router = () => createMemoryRouter([{ path: "*", element: <Form /> }]);
function Pages({ of }: { of: ReturnType<typeof router> }) {
  const { session: who, language } = useSession();
  return who ? <RouterProvider key={`${language}:${who.post}`} router={of} /> : <p>signed out</p>;
}
async function open(typed: string) {
  render(
    <SessionProvider failed={() => null}>
      <Pages of={router()} />
    </SessionProvider>,
  );
  if (typed) fireEvent.change(await screen.findByLabelText("note"), { target: { value: typed } });
}
const choose = async (item: RegExp) => {
  fireEvent.click(await screen.findByText("Vũ Khánh Hòa"));
  fireEvent.click(await screen.findByRole("menuitem", { name: item }));
};
const asked = () => screen.queryByText(/Đổi chức vụ, đổi ngôn ngữ hoặc đăng xuất/);
const note = () => screen.getByLabelText<HTMLTextAreaElement>("note").value;

const ways: [string, RegExp, string][] = [
  ["another post", /Bộ trưởng/, 'PUT /session/post {"post":9}'],
  ["another language", /English/, 'PUT /account/preferences {"language":"en"}'],
  ["signing out", /Đăng xuất/, "DELETE /session"],
];

it.each(ways)("asks before %s drops what is typed, and keeps it when one stays", async (_, item) => {
  await open("đang gõ dở");
  await choose(item);
  await waitFor(() => expect(asked()).not.toBeNull());
  fireEvent.click(screen.getByText("Ở lại trang"));
  await waitFor(() => expect(asked()).toBeNull());
  expect(note()).toBe("đang gõ dở");
  expect(changes).toEqual([]);
});

it.each(ways)("does %s once one gives up what is typed", async (_, item, change) => {
  await open("đang gõ dở");
  await choose(item);
  fireEvent.click(await screen.findByText("Bỏ nội dung đã nhập"));
  await waitFor(() => expect(changes).toEqual([change]));
});

it.each(ways)("does %s at once where nothing is typed", async (_, item, change) => {
  await open("");
  await choose(item);
  await waitFor(() => expect(changes).toEqual([change]));
  expect(asked()).toBeNull();
});
