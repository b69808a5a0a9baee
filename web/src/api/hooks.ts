import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { Cache } from "./cache";
import { get, withQuery } from "./client";
import { onForget } from "./forget";
import { asError, type ApiError } from "./error";
import type { Count, Page } from "./types";

export const cache = new Cache((path) => get(path));
onForget(() => cache.clear());

/** How long an answer is shown without asking again. */
const freshFor = 5_000;

export interface Loaded<T> {
  data?: T;
  error?: ApiError;
  loading: boolean;
  retry: () => void;
}

/** What GET path answers; null asks nothing. The last answer stays while a newer one is fetched. */
export function useGet<T>(path: string | null): Loaded<T> {
  const subscribe = useCallback((listener: () => void) => (path ? cache.subscribe(path, listener) : () => undefined), [path]);
  const entry = useSyncExternalStore(subscribe, () => (path ? cache.get<T>(path) : undefined));
  useEffect(() => {
    if (path) void cache.load(path, freshFor);
  }, [path]);
  const retry = useCallback(() => {
    if (path) void cache.load(path);
  }, [path]);
  const error = entry?.error ? asError(entry.error) : undefined;
  const untouched = path !== null && entry !== undefined && entry.at === 0 && !error && entry.data === undefined;
  return { data: entry?.data, error, loading: Boolean(entry?.loading) || untouched, retry };
}

export interface Pages<T> extends Loaded<T[]> {
  count?: Count;
  more: boolean;
  loadMore: () => void;
  loadingMore: boolean;
}

/** A keyset list, page after page. The first page lives in the cache; further ones are asked for by the reader. */
export function usePages<T>(path: string | null): Pages<T> {
  const first = useGet<Page<T>>(path);
  const [further, setFurther] = useState<{ of: unknown; pages: Page<T>[]; error?: ApiError; loading: boolean }>({ of: null, pages: [], loading: false });
  const current = further.of === first.data ? further : { of: first.data, pages: [], loading: false, error: undefined };
  const last = current.pages.at(-1) ?? first.data;

  const loadMore = useCallback(() => {
    if (!path || !last?.next || current.loading) return;
    const of = first.data;
    const pages = current.pages;
    setFurther({ of, pages, loading: true });
    get<Page<T>>(withQuery(path, { after: last.next })).then(
      (page) => setFurther({ of, pages: [...pages, page], loading: false }),
      (error: unknown) => setFurther({ of, pages, loading: false, error: asError(error) }),
    );
  }, [path, last, first.data, current.loading, current.pages]);

  const items = useMemo(
    () => (first.data ? [first.data, ...current.pages].flatMap((page) => page.items) : undefined),
    // A page list changes identity only when a page comes.
    [first.data, current.pages],
  );
  return {
    data: items,
    error: first.error ?? current.error,
    loading: first.loading,
    retry: current.error ? loadMore : first.retry,
    count: first.data?.count,
    more: Boolean(last?.next),
    loadMore,
    loadingMore: current.loading,
  };
}

export interface Doing<A extends unknown[], R> {
  run: (...args: A) => Promise<R | undefined>;
  running: boolean;
  error?: ApiError;
  clear: () => void;
}

/** Runs one change at a time, keeps its error for showing; answers undefined when refused. */
export function useDo<A extends unknown[], R>(action: (...args: A) => Promise<R>, after?: (result: R) => void): Doing<A, R> {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<ApiError>();
  const busy = useRef(false);
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => void (alive.current = false);
  }, []);
  const run = async (...args: A) => {
    if (busy.current) return undefined;
    busy.current = true;
    setRunning(true);
    setError(undefined);
    try {
      const result = await action(...args);
      after?.(result);
      return result;
    } catch (caught) {
      if (alive.current) setError(asError(caught));
      return undefined;
    } finally {
      busy.current = false;
      if (alive.current) setRunning(false);
    }
  };
  return { run, running, error, clear: () => setError(undefined) };
}
