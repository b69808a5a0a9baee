import { useCallback } from "react";
import { put } from "./client";
import { cache, useGet } from "./hooks";
import type { Preferences } from "./types";

const path = "/account/preferences";
let waiting: ReturnType<typeof setTimeout> | undefined;

type Change = Partial<Preferences> | ((now: Preferences) => Partial<Preferences>);

/** What the account chose before, kept on the server so that it follows the person to another machine. */
export function usePreferences(): [Preferences, (change: Change) => void] {
  const { data } = useGet<Preferences>(path);
  const change = useCallback((given: Change) => {
    const now = cache.get<Preferences>(path).data ?? {};
    cache.set(path, { ...now, ...(typeof given === "function" ? given(now) : given) });
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      void put(path, cache.get<Preferences>(path).data).catch(() => undefined);
    }, 600);
  }, []);
  return [data ?? {}, change];
}
