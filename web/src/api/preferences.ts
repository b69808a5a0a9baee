import { useCallback } from "react";
import { put } from "./client";
import { cache, useGet } from "./hooks";
import type { Preferences } from "./types";

const path = "/account/preferences";

let running = false;
let changed = false;

/** One at a time, the newest state last: what was chosen is kept even when the browser closes a moment later. */
async function keep(): Promise<void> {
  changed = true;
  if (running) return;
  running = true;
  while (changed) {
    changed = false;
    await put(path, cache.get<Preferences>(path).data).catch(() => undefined);
  }
  running = false;
}

type Change = Partial<Preferences> | ((now: Preferences) => Partial<Preferences>);

/** What the account chose before, kept on the server so that it follows the person to another machine. */
export function usePreferences(): [Preferences, (change: Change) => void] {
  const { data } = useGet<Preferences>(path);
  const change = useCallback((given: Change) => {
    const now = cache.get<Preferences>(path).data ?? {};
    cache.set(path, { ...now, ...(typeof given === "function" ? given(now) : given) });
    void keep();
  }, []);
  return [data ?? {}, change];
}
