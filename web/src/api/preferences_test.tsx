import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { cache } from "./hooks";
import { onUnkept, usePreferences } from "./preferences";
import type { Preferences } from "./types";

afterEach(() => {
  vi.unstubAllGlobals();
  onUnkept(() => undefined);
  cache.clear();
});

function serving(kept: Preferences, refuses = false) {
  const server = { kept };
  vi.stubGlobal("fetch", (_address: string, request: RequestInit) => {
    if (request.method === "GET") return Promise.resolve(new Response(JSON.stringify(server.kept)));
    if (refuses) return Promise.resolve(new Response(JSON.stringify({ error: { code: "accounts.preferences_too_large", message: "Quá lớn." } }), { status: 413 }));
    server.kept = JSON.parse(request.body as string) as Preferences;
    return Promise.resolve(new Response(null, { status: 204 }));
  });
  return server;
}

it("keeps what another window chose meanwhile", async () => {
  const server = serving({ panes: { desk: 1 } });
  const { result } = renderHook(() => usePreferences());
  await waitFor(() => expect(result.current[0].panes).toBeTruthy());
  server.kept = { panes: { desk: 1 }, columns: { incoming: ["subject"] } };
  act(() => result.current[1]((now) => ({ panes: { ...now.panes, inbox: 2 } })));
  await waitFor(() => expect(server.kept).toEqual({ panes: { desk: 1, inbox: 2 }, columns: { incoming: ["subject"] } }));
  await waitFor(() => expect(result.current[0].columns).toEqual({ incoming: ["subject"] }));
});

it("says when a choice could not be kept", async () => {
  serving({}, true);
  const unkept = vi.fn();
  onUnkept(unkept);
  const { result } = renderHook(() => usePreferences());
  act(() => result.current[1]({ recent: ["x"] }));
  await waitFor(() => expect(unkept).toHaveBeenCalledTimes(1));
});
