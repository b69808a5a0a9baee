import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Register, Values } from "@/api/types";
import { useMaking } from "./useMaking";

const register = { code: "incoming", fields: [{ code: "subject", type: "text" }, { code: "notation", type: "text" }] } as unknown as Register;
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

/** A server that makes one record for a key, as ours does; `lose`: how many answers never come. */
let made: { key: string; body: string; values: Values; files: unknown[] }[];
let asked: string[];
let lose: number;
let refuse: boolean;

beforeEach(() => {
  made = [];
  asked = [];
  lose = 0;
  refuse = false;
  vi.stubGlobal("fetch", (address: string, request: RequestInit) => {
    const body = request.body as string;
    const sent = JSON.parse(body) as { values: Values; files: unknown[] };
    asked.push(`${request.method} ${address}`);
    if (address.endsWith("/files")) {
      made[0]!.files.push(sent);
      return Promise.resolve(json({}));
    }
    if (request.method === "PUT") {
      Object.assign(made[0]!.values, sent.values);
      return Promise.resolve(json({ id: 1, register: "incoming", version: 2, title: "x", values: made[0]!.values }));
    }
    if (refuse) return Promise.resolve(json({ error: { code: "records.missing", message: "Thiếu.", field: "subject" } }, 422));
    const key = (request.headers as Record<string, string>)["Idempotency-Key"]!;
    const before = made.find((each) => each.key === key);
    if (before && before.body !== body) return Promise.resolve(json({ error: { code: "service.key_used_for_another", message: "Khóa đã dùng." } }, 409));
    if (!before) made.push({ key, body, values: { ...sent.values }, files: [...sent.files] });
    if (lose-- > 0) return Promise.reject(new TypeError("connection reset"));
    return Promise.resolve(json({ id: made.length, register: "incoming", version: 1, title: "x", values: sent.values }, 201));
  });
});
afterEach(() => vi.unstubAllGlobals());

const form = () => renderHook(() => useMaking(register)).result;
const wanted = (values: Values, files: number[] = []) => ({ values, files: files.map((file) => ({ file, role: "main" })) });

it("makes one record though the answer was lost and the form changed since, and keeps the change in it", async () => {
  const { current } = form();
  lose = 1;
  await expect(current.make(wanted({ subject: "V/v" }, [4]))).rejects.toMatchObject({ status: 0 });
  await act(async () => void (await current.make(wanted({ subject: "V/v", notation: "77/SMM" }, [4, 5]))));
  expect(made).toHaveLength(1);
  expect(made[0]!.values).toEqual({ subject: "V/v", notation: "77/SMM" });
  expect(made[0]!.files).toHaveLength(2);
});

it("asks again by the same key as often as the answer is lost", async () => {
  const { current } = form();
  lose = 3;
  for (const text of ["a", "b", "c"]) await expect(current.make(wanted({ subject: text }))).rejects.toMatchObject({ status: 0 });
  await act(async () => void (await current.make(wanted({ subject: "d" }))));
  expect(made).toHaveLength(1);
  expect(made[0]!.values.subject).toBe("d");
});

it("says which record it found, until the next form begins", async () => {
  const result = form();
  lose = 1;
  await expect(result.current.make(wanted({ subject: "a" }))).rejects.toBeTruthy();
  await act(async () => void (await result.current.make(wanted({ subject: "b" }))));
  expect(result.current.found?.id).toBe(1);
  act(() => result.current.begin());
  expect(result.current.found).toBeUndefined();
  await act(async () => void (await result.current.make(wanted({ subject: "c" }))));
  expect(made).toHaveLength(2);
});

it("sends a mended form as another request after a refusal", async () => {
  const { current } = form();
  refuse = true;
  await expect(current.make(wanted({ subject: "" }))).rejects.toMatchObject({ status: 422 });
  refuse = false;
  await current.make(wanted({ subject: "b" }));
  expect(made.map((each) => each.values.subject)).toEqual(["b"]);
  expect(asked.filter((each) => each.startsWith("PUT"))).toEqual([]);
});
