import { useEffect } from "react";
import { address } from "./client";
import { cache } from "./hooks";

const first = 1_000;
const longest = 60_000;

/** What to ask again for when the server says that something changed. */
export function touched(event: string): string[] {
  if (event === "inbox") return ["/inbox", "/menu", "/files/waiting", "/notices", "/right-changes"];
  if (event === "files") return ["/files/waiting"];
  return [];
}

/** Listens as long as somebody is signed in, `of` naming who and from which post. A broken line is tried again, later each time; then all counts are asked anew. */
export function useEvents(of: string | null): void {
  useEffect(() => {
    if (of === null || typeof EventSource === "undefined") return;
    let source: EventSource | undefined;
    let wait = first;
    let clock: ReturnType<typeof setTimeout> | undefined;
    let flush: ReturnType<typeof setTimeout> | undefined;
    let lost = false;
    const stale = new Set<string>();
    const heard = (event: MessageEvent) => {
      for (const prefix of touched(event.type)) stale.add(prefix);
      // A bulk action says a hundred things in a second: one question answers them.
      flush ??= setTimeout(() => {
        flush = undefined;
        cache.invalidate(...stale);
        stale.clear();
      }, 400);
    };
    const open = () => {
      source = new EventSource(address("/events"));
      for (const name of ["inbox", "files"]) source.addEventListener(name, heard);
      source.onopen = () => {
        wait = first;
        if (lost) cache.invalidate(...touched("inbox"));
        lost = false;
      };
      source.onerror = () => {
        source?.close();
        lost = true;
        clock = setTimeout(open, wait + Math.random() * wait);
        wait = Math.min(longest, wait * 2);
      };
    };
    open();
    return () => {
      source?.close();
      clearTimeout(clock);
      clearTimeout(flush);
    };
  }, [of]);
}
