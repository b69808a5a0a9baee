import { t } from "@/texts";
import { ApiError } from "./error";
import type { ErrorBody } from "./types";

const root = "/api";
let csrf = "";
let signedOut: () => void = () => undefined;

export function setCsrf(token: string) {
  csrf = token;
}

export function csrfToken(): string {
  return csrf;
}

/** Called when the server says that the session is over. */
export function onSignedOut(listener: () => void) {
  signedOut = listener;
}

export type Query = Record<string, string | number | boolean | null | undefined>;

/** "/inbox" and {box: "todo"} → "/inbox?box=todo"; empty values are left out, the order is kept. */
export function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "" || value === false) continue;
    parameters.set(name, value === true ? "1" : String(value));
  }
  const text = parameters.toString();
  if (!text) return path;
  return path + (path.includes("?") ? "&" : "?") + text;
}

export function address(path: string): string {
  return root + path;
}

/** A key that makes a repeated POST answer what the first one did. */
export function idempotencyKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function fault(response: Response): Promise<ApiError> {
  const wait = Number(response.headers.get("Retry-After")) || undefined;
  try {
    const body = (await response.json()) as ErrorBody;
    if (body.error?.message) return new ApiError(response.status, body, wait);
  } catch {
    // Not our JSON: a proxy answered.
  }
  return new ApiError(response.status, { error: { code: `web.${response.status}`, message: t("error.status", { status: response.status }) } }, wait);
}

interface Options {
  body?: unknown;
  key?: string;
  signal?: AbortSignal;
  /** A 401 is an answer here, not the end of the session. */
  anonymous?: boolean;
}

export async function send<T>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  if (method === "POST") headers["Idempotency-Key"] = options.key ?? idempotencyKey();
  let body: string | undefined;
  if (method !== "GET" && method !== "DELETE") {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(options.body ?? {});
  }
  let response: Response;
  try {
    response = await fetch(address(path), { method, headers, body, signal: options.signal, credentials: "same-origin" });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError(0, { error: { code: "web.unreachable", message: t("error.unreachable") } });
  }
  if (!response.ok) {
    if (response.status === 401 && !options.anonymous) signedOut();
    throw await fault(response);
  }
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string, signal?: AbortSignal) => send<T>("GET", path, { signal });
export const post = <T>(path: string, body?: unknown, key?: string) => send<T>("POST", path, { body, key });
export const put = <T>(path: string, body?: unknown) => send<T>("PUT", path, { body });
export const remove = <T = void>(path: string) => send<T>("DELETE", path);
