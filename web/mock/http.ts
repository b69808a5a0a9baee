import type { IncomingMessage, ServerResponse } from "node:http";

/** A refusal with the API's error body. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  /** What stands at {name} in the route. */
  at: Record<string, string>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
  raw: Buffer;
  request: IncomingMessage;
  response: ServerResponse;
}

export type Answer = unknown;
type Handler = (asked: Asked) => Answer | Promise<Answer>;

interface Route {
  method: string;
  parts: string[];
  handler: Handler;
}

export const done = Symbol("answered");

export class Routes {
  private routes: Route[] = [];

  on(method: string, path: string, handler: Handler): this {
    this.routes.push({ method, parts: path.split("/"), handler });
    return this;
  }

  find(method: string, path: string): { handler: Handler; at: Record<string, string> } | undefined {
    const parts = path.split("/");
    for (const route of this.routes) {
      if (route.method !== method || route.parts.length !== parts.length) continue;
      const at: Record<string, string> = {};
      const fits = route.parts.every((part, index) => {
        if (!part.startsWith("{")) return part === parts[index];
        at[part.slice(1, -1)] = decodeURIComponent(parts[index]!);
        return true;
      });
      if (fits) return { handler: route.handler, at };
    }
    return undefined;
  }
}

export function body(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => resolve(Buffer.concat(parts)));
    request.on("error", reject);
  });
}

export function count(number: number) {
  return { number: Math.min(number, 1000), more: number > 1000 };
}

/** A page of a list, by the key of its last row. */
export function paged<T>(all: T[], query: URLSearchParams) {
  const limit = Math.min(200, Number(query.get("limit") ?? 50));
  const from = Number(query.get("after") ?? 0);
  const items = all.slice(from, from + limit);
  return { items, next: from + limit < all.length ? String(from + limit) : undefined, count: count(all.length) };
}
