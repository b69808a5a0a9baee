import { request } from "./client";

/** Gets a file that is made as it is asked for and hands it to the browser to keep, under the server's name for it. Throws an ApiError. */
export async function download(path: string): Promise<void> {
  const { content, name } = await request("GET", path, {}, async (response) => ({
    content: await response.blob(),
    name: /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "",
  }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken it up by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
