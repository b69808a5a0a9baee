/**
 * The query cache: what a GET answered, under its path. A path asked for twice at once is fetched once; whoever shows it
 * is told when it changes; what nobody shows is dropped when the cache grows beyond its limit.
 */
export interface Entry<T = unknown> {
  data?: T;
  error?: unknown;
  loading: boolean;
  /** When the data came, in milliseconds; 0: never, or told to be stale. */
  at: number;
}

type Fetcher = (path: string) => Promise<unknown>;

const nothing: Entry = Object.freeze({ loading: false, at: 0 });

export class Cache {
  private entries = new Map<string, Entry>();
  private listeners = new Map<string, Set<() => void>>();
  private running = new Map<string, Promise<void>>();

  constructor(
    private fetcher: Fetcher,
    private limit = 300,
    private now: () => number = Date.now,
  ) {}

  get<T>(path: string): Entry<T> {
    return (this.entries.get(path) ?? nothing) as Entry<T>;
  }

  subscribe(path: string, listener: () => void): () => void {
    let set = this.listeners.get(path);
    if (!set) this.listeners.set(path, (set = new Set()));
    set.add(listener);
    return () => {
      set.delete(listener);
      if (set.size === 0) this.listeners.delete(path);
    };
  }

  /** Fetches unless the data is younger than `fresh` milliseconds. Never rejects: the error is in the entry. */
  load(path: string, fresh = 0): Promise<void> {
    const entry = this.get(path);
    if (entry.at && this.now() - entry.at < fresh) return Promise.resolve();
    const waiting = this.running.get(path);
    if (waiting) return waiting;
    this.put(path, { ...entry, loading: true });
    const run: Promise<void> = this.fetcher(path)
      .then(
        (data) => this.finish(path, run, { data, loading: false, at: this.now() }),
        (error: unknown) => this.finish(path, run, { data: this.get(path).data, error, loading: false, at: 0 }),
      );
    this.running.set(path, run);
    return run;
  }

  set<T>(path: string, data: T): void {
    this.running.delete(path);
    this.put(path, { data, loading: false, at: this.now() });
  }

  /** Whatever begins with one of the prefixes is stale: fetched again at once if shown, else when next asked for. */
  invalidate(...prefixes: string[]): void {
    for (const [path, entry] of [...this.entries]) {
      if (!prefixes.some((prefix) => path.startsWith(prefix))) continue;
      this.running.delete(path);
      if (this.listeners.has(path)) {
        this.entries.set(path, { ...entry, at: 0 });
        void this.load(path);
      } else {
        this.entries.delete(path);
      }
    }
  }

  clear(): void {
    this.running.clear();
    this.entries.clear();
    for (const set of this.listeners.values()) for (const listener of set) listener();
  }

  /** An answer that was overtaken (set, invalidated, cleared meanwhile) is thrown away. */
  private finish(path: string, run: Promise<void>, entry: Entry): void {
    if (this.running.get(path) !== run) return;
    this.running.delete(path);
    this.put(path, entry);
  }

  private put(path: string, entry: Entry): void {
    this.entries.delete(path);
    this.entries.set(path, entry);
    if (this.entries.size > this.limit) this.drop();
    for (const listener of this.listeners.get(path) ?? []) listener();
  }

  private drop(): void {
    for (const path of this.entries.keys()) {
      if (this.entries.size <= this.limit) return;
      if (!this.listeners.has(path) && !this.running.has(path)) this.entries.delete(path);
    }
  }
}
