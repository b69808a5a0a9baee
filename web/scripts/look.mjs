// Looks at pages as a person would: a picture of each at two widths, and what axe finds wrong, against the mock.
//   node scripts/look.mjs OUT [name …]
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { createServer } from "vite";

const [out = "/tmp/congvu-look", ...only] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** name, address, what to do before the picture. */
const pages = [
  ["inbox", "/inbox"],
  ["inbox-assign", "/inbox", async (page) => { await page.keyboard.press("j"); await page.keyboard.press("b"); await page.waitForTimeout(600); }],
  ["inbox-ticked", "/inbox", async (page) => { await page.keyboard.press("x"); await page.keyboard.press("j"); await page.keyboard.press("x"); }],
  ["inbox-empty", "/inbox?q=khongcogi"],
  ["keys", "/inbox", async (page) => { await page.keyboard.press("?"); await page.waitForTimeout(400); }],
  ["registers", "/registers"],
  ["register-incoming", "/registers/incoming"],
  ["register-filter", "/registers/equipment", async (page) => { await page.getByRole("button", { name: "Lọc", exact: true }).click(); await page.waitForTimeout(500); }],
  ["register-new", "/registers/incoming/new"],
  ["register-new-equipment", "/registers/equipment/new", async (page) => { await page.getByRole("button", { name: "Lưu", exact: true }).click(); await page.waitForTimeout(700); }],
  ["books", "/registers/incoming/books"],
  ["all-books", "/books"],
  ["record", "/records/1018"],
  ["record-info", "/records/1018?tab=info"],
  ["record-edit", "/records/1018?tab=info", async (page) => { await page.getByRole("button", { name: "Sửa thông tin" }).click(); await page.waitForTimeout(700); }],
  ["record-links", "/records/1017?tab=links"],
  ["record-history", "/records/1018?tab=history", async (page) => { await page.getByText("Xem 2 thay đổi").first().click(); }],
  ["record-access", "/records/1018?tab=access"],
  ["record-nofile", "/records/1190?tab=info"],
  ["desk", "/desk"],
  ["search", "/search?q=công trình"],
  ["units", "/organisation/units"],
  ["people", "/organisation/accounts"],
  ["acting", "/organisation/acting"],
  ["signing", "/organisation/signing-authorities"],
  ["changes", "/organisation/right-changes"],
  ["hand-overs", "/organisation/hand-overs"],
  ["journal", "/journal"],
  ["calendar", "/calendar"],
  ["settings", "/settings"],
  ["account", "/account"],
  ["missing", "/nowhere"],
];
const widths = [["wide", 1440, 900], ["phone", 390, 844]];

mkdirSync(out, { recursive: true });
const server = await createServer({ mode: "mock", server: { port: 0, host: "127.0.0.1", hmr: false }, logLevel: "error" });
await server.listen();
const base = `http://127.0.0.1:${server.httpServer.address().port}`;
const profile = mkdtempSync(join(tmpdir(), "congvu-look-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  locale: "vi-VN",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let serious = 0;
const page = await context.newPage();
page.on("pageerror", (error) => console.log("  fault on the page:", error.message));
page.on("console", (message) => message.type() === "error" && !message.text().includes("status of 4") && console.log("  console:", message.text().slice(0, 300)));

async function look(name, path, prepare, [label, width, height]) {
  await page.setViewportSize({ width, height });
  await page.goto(base + path, { waitUntil: "load" });
  await page.waitForTimeout(1800);
  try {
    if (prepare) await prepare(page);
  } catch (error) {
    console.log(`  ${name} ${label}: ${String(error).split("\n")[0]}`);
  }
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(out, `${name}-${label}.png`) });
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of found.violations) {
    const bad = violation.impact === "serious" || violation.impact === "critical";
    if (bad) serious += 1;
    if (bad || process.env.ALL) console.log(`  ${name} ${label}: ${violation.impact} ${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) console.log(`  ${name} ${label}: ${wide} px wider than the window`);
}

try {
  for (const [name, path, prepare] of pages) {
    if (only.length && !only.includes(name)) continue;
    for (const width of widths) await look(name, path, prepare, width);
  }
  if (!only.length || only.includes("sign-in")) {
    await page.evaluate(() => fetch("/api/session", { method: "DELETE" }));
    for (const width of widths) await look("sign-in", "/", async (shown) => { await shown.getByLabel("Tên đăng nhập").fill("hanh.ntm"); await shown.locator("input[type=password]").fill("sai"); await shown.getByRole("button", { name: "Đăng nhập" }).click(); await shown.waitForTimeout(500); }, width);
  }
} finally {
  await context.close();
  await server.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(`${serious} serious findings`);
process.exit(serious ? 1 : 0);
