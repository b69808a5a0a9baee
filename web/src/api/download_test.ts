import { afterEach, expect, test, vi } from "vitest";
import { download } from "./download";

afterEach(() => vi.unstubAllGlobals());

test("what is refused is told and not kept as a file", async () => {
  const answer = new Response(JSON.stringify({ error: { code: "registry.too_many_rows", message: "Danh sách có hơn 20.000 dòng." } }), { status: 413 });
  vi.stubGlobal("fetch", vi.fn().mockResolvedValue(answer));
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  await expect(download("/registers/incoming/export?format=pdf")).rejects.toThrow("Danh sách có hơn 20.000 dòng.");
  expect(click).not.toHaveBeenCalled();
});

test("a file is kept under the server's name for it", async () => {
  const answer = new Response("a;b\n", { headers: { "Content-Disposition": 'attachment; filename="incoming-2026-11-22.csv"' } });
  vi.stubGlobal("fetch", vi.fn().mockResolvedValue(answer));
  URL.createObjectURL = () => "blob:one";
  URL.revokeObjectURL = () => undefined;
  let kept = "";
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    kept = this.download;
  });
  await download("/registers/incoming/export?format=csv");
  expect(kept).toBe("incoming-2026-11-22.csv");
});
