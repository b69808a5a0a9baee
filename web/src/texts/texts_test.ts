import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "./en.json";
import vi from "./vi.json";
import { speak, t } from ".";

const root = join(__dirname, "..");

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/_test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const code = sources(root).map((path) => ({ path, text: readFileSync(path, "utf8") }));

describe("the texts", () => {
  it("are the same keys in both languages, none empty", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
    for (const [key, text] of [...Object.entries(vi), ...Object.entries(en)]) expect(text.trim(), key).not.toBe("");
  });

  it("take the same arguments in both languages", () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    for (const key of Object.keys(vi) as (keyof typeof vi)[]) expect(names(en[key]), key).toEqual(names(vi[key]));
  });

  it("are all used", () => {
    const whole = code.map((file) => file.text).join("\n");
    const made = [...whole.matchAll(/`([\w.-]+)\$\{/g)].map((match) => match[1]!);
    const unused = Object.keys(vi).filter((key) => !whole.includes(`"${key}"`) && !made.some((prefix) => key.startsWith(prefix)));
    expect(unused).toEqual([]);
  });

  it("stand here and nowhere in the code", () => {
    const marked = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/i;
    const words = /(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1|>([^<>{}\n]+)</g;
    const allowed = new Set(["Tiếng Việt", "Tháng ${month}", "đ", " đ", "${text} đ"]);
    const found: string[] = [];
    for (const { path, text } of code) {
      const plain = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
      for (const match of plain.matchAll(words)) {
        const said = match[2] ?? match[3] ?? "";
        if (marked.test(said) && !allowed.has(said.trim() === "đ" ? "đ" : said)) found.push(`${path.slice(root.length)}: ${said}`);
      }
    }
    expect(found.filter((each) => !each.includes("base/numbers.ts"))).toEqual([]);
  });

  it("are spoken in the language chosen", async () => {
    expect(t("inbox.title")).toBe("Việc cần xử lý");
    await speak("en");
    expect(t("list.selected", { count: 3 })).toBe("3 ticked");
    await speak("vi");
    expect(t("list.selected", { count: 3 })).toBe("Đã chọn 3");
  });
});
