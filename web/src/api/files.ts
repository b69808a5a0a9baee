import { address, csrfToken, hear, idempotencyKey, ownHeaders, signedInAgain } from "./client";
import { ApiError } from "./error";
import { t } from "@/texts";
import type { ErrorBody, Id, StoredFile } from "./types";

interface Upload {
  /** Heard with a share from 0 to 1. */
  progress: (share: number) => void;
  /** The same key again stores nothing twice. */
  key?: string;
  signal?: AbortSignal;
  /** The file waits at the desk until it stands on a record. */
  waits?: boolean;
}

/** Sends a file as it is. */
export async function upload(file: File, given: Upload): Promise<StoredFile> {
  const way = { ...given, key: given.key ?? idempotencyKey() };
  const sent = csrfToken();
  try {
    return await once(file, way);
  } catch (caught) {
    if (!(caught instanceof ApiError)) throw caught;
    if (caught.status === 401 && (await signedInAgain(sent))) return upload(file, way);
    throw hear(caught);
  }
}

function once(file: File, { progress, key, signal, waits }: Upload & { key: string }): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address(waits ? "/files?waiting=1" : "/files"));
    for (const [name, value] of Object.entries(ownHeaders(true))) request.setRequestHeader(name, value);
    request.setRequestHeader("Idempotency-Key", key);
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name.normalize("NFC")));
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => {
      const body: unknown = readJson(request.responseText);
      if (request.status >= 200 && request.status < 300 && body) return resolve(body as StoredFile);
      if (body && (body as ErrorBody).error) return reject(new ApiError(request.status, body as ErrorBody));
      reject(new ApiError(request.status, { error: { code: `web.${request.status}`, message: t("error.status", { status: request.status }) } }));
    };
    request.onerror = () => reject(new ApiError(0, { error: { code: "web.unreachable", message: t("error.unreachable") } }));
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const contentOf = (file: Id) => address(`/files/${file}/content`);
export const downloadOf = (file: Id) => address(`/files/${file}/content?download=1`);
export const pageOf = (file: Id, page: number, width: number) => address(`/files/${file}/pages/${page}?width=${width}`);
export const stampedOf = (file: Id, record: Id) => address(`/files/${file}/stamped?record=${record}`);
