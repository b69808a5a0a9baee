import { useCallback } from "react";
import { put } from "./client";
import { cache, useGet } from "./hooks";
import type { Preferences } from "./types";

const path = "/account/preferences";
let waiting: ReturnType<typeof setTimeout> | undefined;

/** What the account chose before, kept on the server so that it follows the person to another machine. */
export function usePreferences(): [Preferences, (change: Partial<Preferences>) => void] {
  const { data } = useGet<Preferences>(path);
  const change = useCallback((changed: Partial<Preferences>) => {
    cache.set(path, { ...cache.get<Preferences>(path).data, ...changed });
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      void put(path, cache.get<Preferences>(path).data).catch(() => undefined);
    }, 600);
  }, []);
  return [data ?? {}, change];
}
