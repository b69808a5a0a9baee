import { useCallback } from "react";
import { get, put } from "./client";
import { forgotten, onForget } from "./forget";
import { cache, useGet } from "./hooks";
import type { Preferences } from "./types";

const path = "/account/preferences";

type Change = Partial<Preferences> | ((now: Preferences) => Partial<Preferences>);

let running = false;
let waiting: Change[] = [];
let unkept: () => void = () => undefined;
onForget(() => (waiting = []));

/** Called when a choice could not be kept. */
export function onUnkept(listener: () => void): void {
  unkept = listener;
}

const applied = (now: Preferences, changes: Change[]) => changes.reduce<Preferences>((made, change) => ({ ...made, ...(typeof change === "function" ? change(made) : change) }), now);

/** Each change is put upon what the server has by now, so that two windows keep both of theirs. One at a time. */
async function keep(): Promise<void> {
  if (running) return;
  running = true;
  while (waiting.length > 0) {
    const taken = waiting;
    waiting = [];
    try {
      const turn = forgotten();
      const now = await get<Preferences>(path);
      if (turn !== forgotten()) break;
      const made = applied(now, taken);
      await put(path, made);
      cache.set(path, applied(made, waiting));
    } catch {
      unkept();
    }
  }
  running = false;
}

/** What the account chose before, kept on the server so that it follows the person to another machine. */
export function usePreferences(): [Preferences, (change: Change) => void] {
  const { data } = useGet<Preferences>(path);
  const change = useCallback((given: Change) => {
    cache.set(path, applied(cache.get<Preferences>(path).data ?? {}, [given]));
    waiting.push(given);
    void keep();
  }, []);
  return [data ?? {}, change];
}
