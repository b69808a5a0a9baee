import vi from "./vi.json";

export type TextKey = keyof typeof vi;
type Texts = Record<TextKey, string>;
export type Arguments = Record<string, string | number>;

const vietnamese: Texts = vi;
let current: Texts = vietnamese;
let spoken: "vi" | "en" = "vi";

/** English is fetched when first chosen; Vietnamese is always there. */
export async function speak(language: "vi" | "en"): Promise<void> {
  current = language === "en" ? (await import("./en.json")).default : vietnamese;
  spoken = language;
  document.documentElement.lang = language;
}

export function language(): "vi" | "en" {
  return spoken;
}

/** The text of a key, with {name} replaced by its argument. */
export function t(key: TextKey, args?: Arguments): string {
  const text = current[key] ?? vietnamese[key];
  if (!args) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? String(args[name]) : whole));
}
