import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cache } from "@/api/hooks";
import { SessionProvider } from "@/api/session";
import type { RecordView, Register, Step } from "@/api/types";
import { RecordActs } from "@/modules/records/RecordActs";
import { openOfOthers, openSupport } from "./calls";
import { FinishDialog } from "./FinishDialog";

const session = { account: { id: 1, language: "vi" }, posts: [], permissions: ["use"], clearance: 0, csrf: "c", server: { today: "2026-08-25" } };
const made = (id: number, role: string, label: string, more: object = {}) =>
  ({ id, role, role_label: role === "lead" ? "Chủ trì" : "Phối hợp", to: { kind: "post", id, label, detail: "" }, state: "open", may: [], children: [], ...more }) as unknown as Step;
const mine = made(5, "lead", "Vụ Kế hoạch", { may: ["finish", "hand_on"], children: [made(7, "lead", "Chuyên viên Nam"), made(8, "inform", "Văn thư")] });
const tree = [mine, made(6, "support", "Cục Hạ tầng"), made(9, "support", "Vụ Pháp chế", { state: "done" })];
const tick = "Kết thúc dù còn nơi phối hợp chưa xong";
let sent: { path: string; body: Record<string, unknown> }[];

function serve(refusal: string, consents: (body: Record<string, unknown>) => unknown) {
  vi.stubGlobal("fetch", (address: string, options?: RequestInit) => {
    let answer: unknown = address.endsWith("/session") ? session : address.endsWith("/steps") ? tree : [];
    let status = 200;
    if (options?.method === "PUT" || options?.method === "POST") {
      const body = JSON.parse(options.body as string) as Record<string, unknown>;
      sent.push({ path: address, body });
      if (!consents(body)) {
        status = 409;
        answer = { error: { code: refusal, message: "Còn 2 nơi chưa xong." } };
      }
    }
    return Promise.resolve(new Response(JSON.stringify(answer), { status }));
  });
}
beforeEach(() => {
  cache.clear();
  sent = [];
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const shown = (what: React.ReactNode) =>
  render(
    <SessionProvider failed={() => null}>
      <MemoryRouter>{what}</MemoryRouter>
    </SessionProvider>,
  );
const button = () => document.querySelector<HTMLButtonElement>(".ant-modal-footer .ant-btn-primary")!;
const press = async () => act(async () => fireEvent.click(button()));

it("knows who holds a step up: what was split from it, and beside a lead what supports it", () => {
  const ids = (steps: Step[]) => steps.map((step) => step.id);
  expect(ids(openSupport(tree, 5))).toEqual([6, 7]);
  expect(ids(openSupport([...tree, made(10, "lead", "Vụ Tài chính")], 5))).toEqual([7]);
  expect(ids(openSupport(tree, 6))).toEqual([]);
  expect(ids(openSupport(tree, 7))).toEqual([]);
  expect(ids(openOfOthers(tree))).toEqual([7, 6]);
});

it("ends a step over open support once it is ticked and a reason is given", async () => {
  serve("steps.support_open", (body) => body.despite_open === true);
  let closed = false;
  shown(<FinishDialog record={3} step={mine} close={() => (closed = true)} />);
  fireEvent.click(await screen.findByLabelText("Lưu, không trả lời"));
  fireEvent.change(screen.getByLabelText(/^Lý do/), { target: { value: "Lưu để biết" } });
  expect(screen.queryByLabelText(tick)).toBeNull();
  await press();
  expect(sent[0]!.body).not.toHaveProperty("despite_open");
  expect(await screen.findByText(/Cục Hạ tầng/)).toBeTruthy();
  expect(screen.getByText(/Chuyên viên Nam/)).toBeTruthy();
  expect(screen.queryByText(/Vụ Pháp chế/)).toBeNull();
  fireEvent.click(screen.getByLabelText(tick));
  await press();
  await waitFor(() => expect(closed).toBe(true));
  expect(sent[1]!.path).toContain("/steps/5/finish");
  expect(sent[1]!.body).toMatchObject({ outcome: "no_reply", reason: "Lưu để biết", despite_open: true });
});

it("asks the reason of an outcome that needs none by itself", async () => {
  serve("steps.support_open", (body) => body.despite_open === true);
  shown(<FinishDialog record={3} step={{ ...mine, role: "support" }} close={() => undefined} />);
  await screen.findByLabelText("Đã thực hiện");
  await press();
  fireEvent.click(await screen.findByLabelText(tick));
  expect(button().disabled).toBe(true);
  fireEvent.change(screen.getByLabelText(/^Lý do/), { target: { value: "Đã đủ" } });
  await press();
  await waitFor(() => expect(sent[1]?.body).toMatchObject({ outcome: "done", reason: "Đã đủ", despite_open: true }));
});

it("ends the record by its act over open support likewise", async () => {
  serve("records.steps_open", (body) => (body.arguments as Record<string, unknown>).despite_open === true);
  const action = { code: "finish", label: "Hoàn thành", needs: [], danger: false, primary: true };
  const record = { id: 3, register: "given_task", version: 4, title: "Kế hoạch", values: {}, shown: {}, actions: [action], may: {} } as unknown as RecordView;
  const register = { code: "given_task", fields: [], actions: [{ ...action, from: [] }] } as unknown as Register;
  shown(<RecordActs record={record} register={register} />);
  fireEvent.click(await screen.findByText("Hoàn thành"));
  await press();
  expect(await screen.findByText(/Cục Hạ tầng/)).toBeTruthy();
  expect(screen.queryByText(/vừa được người khác xử lý/)).toBeNull();
  fireEvent.click(screen.getByLabelText(tick));
  expect(button().disabled).toBe(true);
  fireEvent.change(screen.getByLabelText(/^Lý do/), { target: { value: "Không trả lời" } });
  await press();
  await waitFor(() => expect(sent[1]?.body).toMatchObject({ version: 4, arguments: { reason: "Không trả lời", despite_open: true } }));
});
