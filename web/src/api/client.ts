import { t } from "@/texts";
import { ApiError } from "./error";
import { forgotten, onForget } from "./forget";
import type { ErrorBody } from "./types";

const root = "/api";
let csrf = "";
let actingAs = "";
type Ended = () => Promise<boolean> | void;
let signedOut: Ended = () => undefined;
let mistaken: () => void = () => undefined;

/** The token of the session, and whose the page is, "account:post": the server refuses what is asked in another name. */
export function setCsrf(token: string, drawnFor = "") {
  csrf = token;
  actingAs = drawnFor;
}

export function csrfToken(): string {
  return csrf;
}

/** The headers by which the server knows that the page is this session's. */
export const ownHeaders = (changes: boolean): Record<string, string> => ({ ...(changes && { "X-CSRF-Token": csrf }), ...(actingAs && { "X-Acting-As": actingAs }) });

/** Called when the server says that the session is over; it answers true once the same account is signed in again. */
export function onSignedOut(listener: Ended) {
  signedOut = listener;
}

/** Called when the server says that the session is another's by now, or acts from another post. */
export function onMistaken(listener: () => void) {
  mistaken = listener;
}

/** Whether what was refused with 401 can be asked again: the same account has signed in meanwhile. `sent` is the token it went with. */
export async function signedInAgain(sent: string): Promise<boolean> {
  if (csrf && sent !== csrf) return true;
  return (await signedOut()) === true;
}

/** Tells whoever knows the session, when a refusal says that the page is not this session's any more. */
export function hear(error: ApiError): ApiError {
  if (error.code === "service.acting_as_another" || error.code === "service.bad_csrf") mistaken();
  return error;
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

async function fault(response: Response): Promise<ApiError> {
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

/** Whether the server may have done what was asked: no answer came, or none of its own making. */
export const isLost = (error: ApiError) => error.status === 0 || error.status >= 500;

// What was asked and never answered, and its key: asked again in the same words, it is the same request.
const unanswered = new Map<string, string>();
onForget(() => unanswered.clear());

/** Asks, signs in again where the session has ended, and reads the answer; whatever goes wrong is an ApiError. */
export async function request<T>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, options: Options, read: (response: Response) => Promise<T>): Promise<T> {
  const turn = forgotten();
  const sent = csrf;
  const headers: Record<string, string> = { Accept: "application/json", ...ownHeaders(method !== "GET") };
  let body: string | undefined;
  if (method !== "GET" && method !== "DELETE") {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(options.body ?? {});
  }
  const words = `${path}\n${body}`;
  const key = options.key ?? unanswered.get(words) ?? idempotencyKey();
  if (method === "POST") headers["Idempotency-Key"] = key;
  const lost = (error: ApiError) => {
    if (method === "POST" && !options.key) unanswered.set(words, key);
    return error;
  };
  const cut = () => lost(new ApiError(0, { error: { code: "web.unreachable", message: t("error.unreachable") } }));
  let response: Response;
  try {
    response = await fetch(address(path), { method, headers, body, signal: options.signal, credentials: "same-origin" });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw cut();
  }
  if (!response.ok) {
    const error = await fault(response);
    if (error.status === 401 && !options.anonymous && (await signedInAgain(sent))) return request(method, path, { ...options, key }, read);
    if (isLost(error)) throw lost(error);
    unanswered.delete(words);
    throw hear(error);
  }
  const answer = await read(response).catch(() => undefined);
  if (answer === undefined) throw cut();
  unanswered.delete(words);
  // Who asked has gone: the answer is not for whoever sits here now.
  if (turn !== forgotten() && !options.anonymous) throw new ApiError(401, { error: { code: "web.signed_out", message: t("session.ended") } });
  return answer;
}

export async function send<T>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, options: Options = {}): Promise<T> {
  const text = await request(method, path, options, (response) => (response.status === 204 ? Promise.resolve("") : response.text()));
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string, signal?: AbortSignal) => send<T>("GET", path, { signal });
export const post = <T>(path: string, body?: unknown, key?: string) => send<T>("POST", path, { body, key });
export const put = <T>(path: string, body?: unknown) => send<T>("PUT", path, { body });
export const remove = <T = void>(path: string) => send<T>("DELETE", path);
