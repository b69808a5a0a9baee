import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Covers } from "./Covers";
import { SignInPage } from "./SignInPage";
import { forget, onForget } from "@/api/forget";
import { post } from "@/api/client";
import { cache } from "@/api/hooks";
import { SessionProvider, useSession } from "@/api/session";

const one = { account: { id: 1, login: "vanthu", language: "vi" }, person: { id: 1, full_name: "A" }, post: 5, permissions: [], clearance: 0 };
const posts = [
  { id: 5, title: "Văn thư", unit: { id: 1, name: "Văn phòng" }, agency: { id: 1, name: "Bộ", short_name: "Bộ" }, roles: [] },
  { id: 9, title: "Bộ trưởng", unit: { id: 2, name: "Bộ" }, agency: { id: 1, name: "Bộ", short_name: "Bộ" }, roles: [], acting_for: "Trần Văn Bình" },
];
/** The session as the server has it; null: none. Signing in makes the next one. */
let held: object | null;
let next: object;
let asked: { method: string; path: string; headers: Record<string, string>; body?: string }[];
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const gone = () => json({ error: { code: "service.signed_out", message: "Phiên làm việc đã kết thúc." } }, 401);

beforeEach(() => {
  cache.clear();
  asked = [];
  held = { ...one, posts, csrf: "first" };
  next = { ...one, posts, csrf: "second" };
  vi.stubGlobal("fetch", (address: string, request: RequestInit) => {
    const path = address.replace("/api", "");
    const headers = request.headers as Record<string, string>;
    asked.push({ method: request.method!, path, headers, body: request.body as string });
    if (path === "/session" && request.method === "POST") return Promise.resolve(json((held = next)));
    if (path === "/session/post") return Promise.resolve(json((held = { ...held, post: (JSON.parse(request.body as string) as { post: number }).post })));
    if (path === "/session") return Promise.resolve(held ? json(held) : gone());
    if (!held) return Promise.resolve(gone());
    const { account, post: from } = held as typeof one;
    if (headers["X-Acting-As"] !== `${account.id}:${from}`) return Promise.resolve(json({ error: { code: "service.acting_as_another", message: "Trang này mở với chức vụ khác." } }, 409));
    return Promise.resolve(json({ id: 7 }, 201));
  });
});
afterEach(() => vi.unstubAllGlobals());

function Page() {
  const { session } = useSession();
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");
  if (!session) return <SignInPage />;
  return (
    <div key={`${session.account.id}:${session.post}`}>
      <Typed of={session.account.login} text={text} setText={setText} />
      <button type="button" onClick={() => void post("/records", { text }).then(() => setSaid("saved"), () => setSaid("refused"))}>
        save
      </button>
      <output aria-label="said">{said}</output>
      <Covers />
    </div>
  );
}
function Typed({ of }: { of: string; text: string; setText: (text: string) => void }) {
  const [text, setText] = useState("");
  return <textarea aria-label={of} value={text} onChange={(event) => setText(event.target.value)} />;
}
const open = () =>
  render(
    <SessionProvider failed={() => null}>
      <Page />
    </SessionProvider>,
  );
const type = async (text: string) => fireEvent.change(await screen.findByLabelText("vanthu"), { target: { value: text } });
const save = () => fireEvent.click(screen.getByText("save"));
async function signIn() {
  fireEvent.change(await screen.findByLabelText("Mật khẩu"), { target: { value: "x" } });
  fireEvent.click(screen.getByText("Đăng nhập"));
}
const saves = () => asked.filter((each) => each.path === "/records");

it("goes on with what was typed once the same account has signed in again, and does what was asked once", async () => {
  open();
  await type("đang gõ dở");
  held = null;
  save();
  await screen.findByText("Phiên làm việc đã kết thúc");
  await signIn();
  await waitFor(() => expect(screen.getByLabelText("said").textContent).toBe("saved"));
  expect(screen.getByLabelText<HTMLTextAreaElement>("vanthu").value).toBe("đang gõ dở");
  await waitFor(() => expect(screen.queryByLabelText("Mật khẩu")).toBeNull());
  expect(saves().map(({ headers }) => headers["X-CSRF-Token"])).toEqual(["first", "second"]);
  expect(new Set(saves().map(({ headers }) => headers["Idempotency-Key"])).size).toBe(1);
});

it("goes on in the post it was in", async () => {
  open();
  await type("đang gõ dở");
  held = null;
  next = { ...one, posts, post: 9, csrf: "second" };
  save();
  await signIn();
  await waitFor(() => expect(screen.getByLabelText("said").textContent).toBe("saved"));
  expect(asked.find(({ path }) => path === "/session/post")?.body).toBe('{"post":5}');
  expect(screen.getByLabelText<HTMLTextAreaElement>("vanthu").value).toBe("đang gõ dở");
});

it("shows another account nothing of the page, and does nothing of it in its name", async () => {
  const kept = vi.fn();
  onForget(kept);
  open();
  await type("của người trước");
  cache.set("/records/1", { title: "của người trước" });
  held = null;
  save();
  next = { ...one, account: { id: 2, login: "chanhvp", language: "vi" }, posts, csrf: "second" };
  await signIn();
  expect((await screen.findByLabelText<HTMLTextAreaElement>("chanhvp")).value).toBe("");
  expect(saves()).toHaveLength(1);
  expect(cache.get("/records/1").data).toBeUndefined();
  expect(kept).toHaveBeenCalled();
});

it("is told that the session went over to another post, does nothing from it, and can go back with what was typed", async () => {
  open();
  await type("đang gõ dở");
  held = { ...held, post: 9 };
  save();
  await screen.findByText("Phiên đã chuyển sang chức vụ khác");
  expect(screen.getByLabelText("said").textContent).toBe("refused");
  fireEvent.click(screen.getByText(/Quay lại Văn thư/));
  await waitFor(() => expect(screen.queryByText(/Quay lại Văn thư/)).toBeNull());
  expect(screen.getByLabelText<HTMLTextAreaElement>("vanthu").value).toBe("đang gõ dở");
  save();
  await waitFor(() => expect(screen.getByLabelText("said").textContent).toBe("saved"));
});

it("looks again when its window comes forward", async () => {
  open();
  await type("của người trước");
  held = { ...one, account: { id: 2, login: "chanhvp", language: "vi" }, posts, csrf: "second" };
  document.dispatchEvent(new Event("visibilitychange"));
  expect((await screen.findByLabelText<HTMLTextAreaElement>("chanhvp")).value).toBe("");
});

it("gives nobody the answer to what another account asked", async () => {
  let answer: (response: Response) => void = () => undefined;
  vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => (answer = resolve)));
  const asking = post("/records", {});
  forget();
  answer(json({ id: 7 }));
  await expect(asking).rejects.toMatchObject({ status: 401 });
});
