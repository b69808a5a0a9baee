import { t } from "@/texts";

const browsers: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrom(e|ium)\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/Windows/, "Windows"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

const first = (list: [RegExp, string][], agent: string) => list.find(([sign]) => sign.test(agent))?.[1];

/** What a browser calls itself, in the words of people: "Firefox trên Windows". */
export function showAgent(agent: string): string {
  const browser = first(browsers, agent) ?? t("account.other_browser");
  const system = first(systems, agent);
  return system ? t("account.browser_on", { browser, system }) : browser;
}
