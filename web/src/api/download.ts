import { t } from "@/texts";
import { address, fault, hear, ownHeaders, signedInAgain, csrfToken } from "./client";
import { ApiError } from "./error";

/** Gets a file that is made as it is asked for and hands it to the browser to keep, under the server's name for it. Throws an ApiError. */
export async function download(path: string): Promise<void> {
  const sent = csrfToken();
  let response: Response;
  let content: Blob;
  try {
    response = await fetch(address(path), { headers: ownHeaders(false), credentials: "same-origin" });
    content = await response.clone().blob();
  } catch {
    throw new ApiError(0, { error: { code: "web.unreachable", message: t("error.unreachable") } });
  }
  if (!response.ok) {
    const error = await fault(response);
    if (error.status === 401 && (await signedInAgain(sent))) return download(path);
    throw hear(error);
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken it up by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
