import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, it } from "vitest";

const root = __dirname;

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]));
}

const code = files(root).filter((path) => /\.tsx?$/.test(path)).map((path) => ({ path: relative(root, path), text: readFileSync(path, "utf8") }));
const imports = (text: string) => [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]!);

it("lets only ui/ know the component library, and only ui/pdf the PDF reader", () => {
  for (const { path, text } of code) {
    for (const from of imports(text)) {
      if (/^(antd|@ant-design|@rc-component)\b/.test(from)) expect(path).toMatch(/^ui\//);
      if (from.startsWith("pdfjs-dist")) expect(path).toBe("ui/pdf/engine.ts");
    }
  }
});

it("keeps the order: base, texts ← api ← ui ← fields ← frame, modules", () => {
  const level: Record<string, number> = { base: 0, texts: 0, api: 1, ui: 2, fields: 3, frame: 4, modules: 4 };
  const wrong: string[] = [];
  for (const { path, text } of code) {
    const own = level[path.split("/")[0]!];
    if (own === undefined) continue;
    for (const from of imports(text)) {
      const other = from.startsWith("@/") ? level[from.split("/")[1]!] : undefined;
      if (other !== undefined && other > own) wrong.push(`${path} → ${from}`);
    }
  }
  expect(wrong).toEqual([]);
});

it("keeps files small and dependencies few", () => {
  for (const { path, text } of code.filter((file) => file.path !== "api/schema.ts")) expect(text.split("\n").length, path).toBeLessThanOrEqual(600);
  const manifest = JSON.parse(readFileSync(join(root, "../package.json"), "utf8")) as { dependencies: Record<string, string> };
  expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(10);
});

it("mentions no address of a registry in the lock", () => {
  expect(readFileSync(join(root, "../package-lock.json"), "utf8")).not.toContain('"resolved"');
});
