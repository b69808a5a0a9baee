import type { ErrorBody, Fault, RecordView } from "./types";

/** What the server refused, or why it could not be reached (status 0). */
export class ApiError extends Error {
  readonly code: string;
  readonly field?: string;
  readonly also: Fault[];
  readonly request?: string;
  readonly current?: RecordView;
  readonly retryAfter?: number;

  constructor(
    readonly status: number,
    body: ErrorBody,
    retryAfter?: number,
  ) {
    super(body.error.message);
    this.name = "ApiError";
    this.code = body.error.code;
    this.field = body.error.field;
    this.also = body.error.also ?? [];
    this.request = body.error.request;
    this.current = body.current;
    this.retryAfter = body.error.retry_after ?? retryAfter;
  }

  /** Field → message, of this fault and those told with it. */
  get fields(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const fault of [{ field: this.field, message: this.message }, ...this.also]) {
      if (fault.field && !(fault.field in found)) found[fault.field] = fault.message;
    }
    return found;
  }
}

export function asError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError(0, { error: { code: "web.unexpected", message } });
}
