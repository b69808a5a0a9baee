// The office under test: a sample ministry, made and served, and browsers for its people.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { manual } from "./manual.mjs";
import { unlike } from "./schemas.mjs";

export const root = resolve(new URL(".", import.meta.url).pathname, "../..");
export const fromWeb = createRequire(join(root, "web/package.json"));
const { chromium } = fromWeb("playwright-core");
export const program = process.env.CONGVU_PROGRAM ?? join(root, "out/release/congvu");
export const pictures = join(root, "out/results/pictures");
const password = "Congvu-Mau-2026";
export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

let failed = 0;
export const failures = () => failed;
/** Pages of people who have not left yet: of a failed test they are kept as pictures, then closed. */
const present = new Set();

async function clear(name) {
    let number = 0;
    for (const page of present) {
        number += 1;
        await page.screenshot({ path: join(pictures, `failed-${name.replace(/[^\p{L}\d]+/gu, "-").slice(0, 60)}-${number}.png`) }).catch(() => undefined);
        await page.context().close();
    }
    present.clear();
}

export async function test(name, body) {
    try {
        await body();
        console.log(`  ok ${name}`);
        return true;
    } catch (error) {
        failed += 1;
        console.log(`  FAILED ${name}: ${String(error.message).split("\n").slice(0, 9).join(" | ")}`);
        await clear(name);
        return false;
    }
}
export const skipped = (name, why) => console.log(`  skipped ${name}: ${why}`);
export function expect(condition, why) {
    if (!condition) throw new Error(why);
}

const browse = () =>
    chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });

/** Makes a sample ministry in a new folder and serves it on a port of its own; or takes the one that CONGVU_OFFICE says is served. */
export async function serve() {
    mkdirSync(pictures, { recursive: true });
    if (process.env.CONGVU_OFFICE) {
        const browser = await browse();
        return { address: process.env.CONGVU_OFFICE, browser, end: () => browser.close() };
    }
    const folder = mkdtempSync(join(tmpdir(), "congvu-e2e-"));
    const data = join(folder, "data");
    const made = spawnSync(program, ["demo", "--data", data, "--documents", "80"], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`the sample ministry is not made: ${made.stderr.split("\n").slice(-3).join(" ")}`);
    const server = spawn(program, ["serve", "--data", data, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "ignore"] });
    const address = await new Promise((found, lost) => {
        let told = "";
        server.stdout.on("data", (text) => {
            told += text;
            const match = told.match(/http:\/\/[0-9.:]+\//);
            if (match) found(match[0]);
        });
        server.on("exit", () => lost(new Error("the server ended before it served")));
    });
    const browser = await browse();
    const end = async () => {
        await browser.close();
        const ended = new Promise((done) => server.on("exit", done));
        server.kill("SIGTERM");
        await ended;
        rmSync(folder, { recursive: true, force: true });
    };
    return { address, browser, end, folder, data };
}

/** A browser of its own for one person, signed in unless `login` is absent; `faults` gathers what must not happen on any page. */
export async function person(office, login, viewport = desktop, secret = password) {
    const context = await office.browser.newContext({ viewport, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh" });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    present.add(page);
    const faults = [];
    page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
    page.on("response", async (answer) => {
        const { pathname } = new URL(answer.url());
        if (pathname.startsWith("/api/") && (answer.headers()["content-type"] ?? "").startsWith("application/json")) {
            // A page that was left took its answers with it.
            const body = await answer.json().catch(() => undefined);
            const wrong = body === undefined ? "" : unlike(answer.request().method(), pathname, answer.status(), body);
            if (wrong) faults.push(wrong);
        }
    });
    page.on("response", (answer) => {
        const expected = answer.status() === 401 && answer.url().endsWith("/api/session");
        if (answer.status() >= 400 && !expected) faults.push(`${answer.status()} ${new URL(answer.url()).pathname}`);
    });
    const leave = async () => {
        present.delete(page);
        await context.close();
    };
    await page.goto(office.address);
    if (login) {
        await page.getByLabel("Tên đăng nhập").fill(login);
        await page.getByLabel("Mật khẩu").fill(secret);
        await page.keyboard.press("Enter");
        if (secret === password) await page.locator("#main").waitFor();
    }
    return { page, faults, leave };
}

/** The page has drawn something and waits for nothing more; its event stream stays open, so the network is never idle. */
export async function settled(page) {
    await page.waitForFunction(
        () => document.body.innerText.trim().length > 40 && !document.querySelector("[aria-busy=true], .ant-spin-spinning, .waiting"),
    );
    // What comes in or goes away by fading is half seen until then; it begins a frame after it is there.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn()))));
    await page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== "running" || each.effect?.getTiming().iterations === Infinity), null, { timeout: 5_000 }).catch(() => undefined);
}

export async function visit(office, page, path) {
    await page.goto(new URL(path, office.address).href);
    await settled(page);
}

const for_manual = process.argv.includes("--manual");

export async function picture(page, name) {
    const path = join(pictures, `${name}.png`);
    await page.screenshot({ path });
    if (for_manual && manual[name]) copyFileSync(path, join(root, "docs/manual/pictures", `${manual[name]}.png`));
}

/** dd/MM/yyyy, so many days from today in Vietnam. */
export function day(from_today) {
    const [year, month, date] = new Date(Date.now() + 7 * 3_600_000 + from_today * 86_400_000).toISOString().slice(0, 10).split("-");
    return `${date}/${month}/${year}`;
}
