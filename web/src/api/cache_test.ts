import { describe, expect, it, vi } from "vitest";
import { Cache } from "./cache";

/** A fetcher whose answers are given by the test. */
function slow() {
  const asked: { path: string; answer: (data: unknown) => void; refuse: (error: unknown) => void }[] = [];
  const fetcher = (path: string) => new Promise<unknown>((answer, refuse) => asked.push({ path, answer, refuse }));
  return { asked, fetcher };
}

describe("the cache", () => {
  it("asks once for what two want at once", async () => {
    const { asked, fetcher } = slow();
    const cache = new Cache(fetcher);
    const both = [cache.load("/inbox"), cache.load("/inbox")];
    asked[0]!.answer([1]);
    await Promise.all(both);
    expect(asked).toHaveLength(1);
    expect(cache.get("/inbox").data).toEqual([1]);
  });

  it("asks again only when what it has is old", async () => {
    let now = 1000;
    const fetcher = vi.fn(() => Promise.resolve("a"));
    const cache = new Cache(fetcher, 10, () => now);
    await cache.load("/x", 500);
    now += 400;
    await cache.load("/x", 500);
    expect(fetcher).toHaveBeenCalledTimes(1);
    now += 200;
    await cache.load("/x", 500);
    expect(fetcher).toHaveBeenCalledTimes(2);
  });

  it("keeps the last answer beside an error, and asks again after it", async () => {
    const answers = [Promise.resolve("a"), Promise.reject(new Error("mất mạng")), Promise.resolve("b")];
    const cache = new Cache(() => answers.shift()!);
    await cache.load("/x");
    await cache.load("/x");
    expect(cache.get("/x")).toMatchObject({ data: "a", loading: false });
    expect(cache.get("/x").error).toBeInstanceOf(Error);
    await cache.load("/x", 10_000);
    expect(cache.get("/x")).toMatchObject({ data: "b", loading: false });
    expect(cache.get("/x").error).toBeUndefined();
  });

  it("fetches at once what is shown and was made stale, drops the rest", async () => {
    const fetcher = vi.fn((path: string) => Promise.resolve(path));
    const cache = new Cache(fetcher);
    const told = vi.fn();
    cache.subscribe("/records/1", told);
    await cache.load("/records/1");
    await cache.load("/records/2");
    fetcher.mockClear();
    cache.invalidate("/records/");
    expect(fetcher.mock.calls).toEqual([["/records/1"]]);
    expect(cache.get("/records/2").data).toBeUndefined();
    await Promise.resolve();
    expect(told).toHaveBeenCalled();
  });

  it("throws away an answer that was overtaken", async () => {
    const { asked, fetcher } = slow();
    const cache = new Cache(fetcher);
    const old = cache.load("/x");
    cache.set("/x", "new");
    asked[0]!.answer("old");
    await old;
    expect(cache.get("/x").data).toBe("new");
  });

  it("lets go of the oldest nobody shows", async () => {
    const cache = new Cache((path) => Promise.resolve(path), 3);
    cache.subscribe("/shown", () => undefined);
    for (const path of ["/shown", "/a", "/b", "/c", "/d"]) await cache.load(path);
    expect(cache.get("/shown").data).toBe("/shown");
    expect(cache.get("/a").data).toBeUndefined();
    expect(cache.get("/d").data).toBe("/d");
  });
});
