import { address, csrfToken, idempotencyKey } from "./client";
import { ApiError } from "./error";
import { t } from "@/texts";
import type { ErrorBody, Id, StoredFile } from "./types";

/** Sends a file as it is; `progress` hears a share from 0 to 1. The same key again stores nothing twice. */
export function upload(file: File, progress: (share: number) => void, key = idempotencyKey(), signal?: AbortSignal): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address("/files"));
    request.setRequestHeader("X-CSRF-Token", csrfToken());
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
