import { afterEach, describe, expect, it, vi } from "vitest";
import { get, onSignedOut, post, put, send, setCsrf, withQuery } from "./client";
import { ApiError, asError } from "./error";

function answering(status: number, body: unknown, headers: Record<string, string> = {}) {
  const fetch = vi.fn((_address: string, _request: RequestInit) => Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status, headers })));
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

afterEach(() => {
  vi.unstubAllGlobals();
  onSignedOut(() => undefined);
});

describe("a request", () => {
  it("leaves out what is not asked", () => {
    expect(withQuery("/inbox", { box: "todo", late: true, q: "", after: undefined })).toBe("/inbox?box=todo&late=1");
    expect(withQuery("/inbox?box=todo", { q: "đất đai" })).toBe("/inbox?box=todo&q=%C4%91%E1%BA%A5t+%C4%91ai");
    expect(withQuery("/units", { on: null })).toBe("/units");
  });

  it("carries the token and a key where it changes something", async () => {
    setCsrf("token");
    const fetch = answering(200, {});
    await get("/menu");
    await post("/phrases", { text: "x" }, "key-1");
    await put("/notices/seen");
    const headers = fetch.mock.calls.map(([, request]) => request.headers as Record<string, string>);
    expect(headers[0]).not.toHaveProperty("X-CSRF-Token");
    expect(headers[1]).toMatchObject({ "X-CSRF-Token": "token", "Idempotency-Key": "key-1" });
    expect(headers[2]).toMatchObject({ "X-CSRF-Token": "token" });
    expect(headers[2]).not.toHaveProperty("Idempotency-Key");
    await post("/phrases", {});
    expect((fetch.mock.calls[3]![1].headers as Record<string, string>)["Idempotency-Key"]).toMatch(/^[0-9a-f-]{32,36}$/);
  });

  it("says whose the page is", async () => {
    setCsrf("token", "3:5");
    const fetch = answering(200, {});
    await get("/menu");
    await put("/notices/seen");
    for (const [, request] of fetch.mock.calls) expect(request.headers).toMatchObject({ "X-Acting-As": "3:5" });
    setCsrf("token");
  });

  it("bears the key of the same one whose answer was lost, and a new one once it was answered", async () => {
    const keys: string[] = [];
    let lost = true;
    vi.stubGlobal("fetch", (_address: string, request: RequestInit) => {
      keys.push((request.headers as Record<string, string>)["Idempotency-Key"]!);
      return lost ? Promise.reject(new TypeError("reset")) : Promise.resolve(new Response("{}"));
    });
    await expect(post("/phrases", { text: "x" })).rejects.toMatchObject({ status: 0 });
    lost = false;
    await post("/phrases", { text: "y" });
    await post("/phrases", { text: "x" });
    await post("/phrases", { text: "x" });
    expect(keys[2]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(3);
  });

  it("answers nothing for 204", async () => {
    answering(204, undefined);
    await expect(put("/steps/1/seen")).resolves.toBeUndefined();
  });
});

describe("a refusal", () => {
  it("tells each field what is wrong", async () => {
    answering(422, { error: { code: "a", message: "Hạn phải sau hôm nay.", field: "due", also: [{ code: "b", message: "Chưa chọn.", field: "lead" }], request: "r1" } });
    const error = asError(await post("/x").catch((caught: unknown) => caught));
    expect(error.fields).toEqual({ due: "Hạn phải sau hôm nay.", lead: "Chưa chọn." });
    expect(error.request).toBe("r1");
  });

  it("carries the record as it is now, and how long to wait", async () => {
    answering(409, { error: { code: "records.changed", message: "Đã sửa." }, current: { id: 7, version: 3 } });
    expect(asError(await put("/records/7").catch((caught: unknown) => caught)).current).toMatchObject({ version: 3 });
    answering(429, { error: { code: "locked", message: "Tạm khóa." } }, { "Retry-After": "300" });
    expect(asError(await post("/session").catch((caught: unknown) => caught)).retryAfter).toBe(300);
  });

  it("is said in words when it is not ours", async () => {
    answering(502, "<html>" as unknown);
    const error = asError(await get("/menu").catch((caught: unknown) => caught));
    expect(error).toBeInstanceOf(ApiError);
    expect(error.message).toContain("502");
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
    expect(asError(await get("/menu").catch((caught: unknown) => caught)).status).toBe(0);
  });

  it("ends the session on 401, but not while signing in", async () => {
    const out = vi.fn();
    onSignedOut(out);
    answering(401, { error: { code: "session.wrong", message: "Sai." } });
    await send("POST", "/session", { anonymous: true }).catch(() => undefined);
    expect(out).not.toHaveBeenCalled();
    await get("/menu").catch(() => undefined);
    expect(out).toHaveBeenCalledOnce();
  });
});
