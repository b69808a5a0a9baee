// The office in Chromium: a sample ministry is made, served and walked through as its people do. Pictures of every page at
// both sizes stay in out/results/pictures. Prints "  ok NAME" or "  FAILED NAME: why".
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const { chromium } = createRequire(join(root, "web/package.json"))("playwright-core");
const program = process.env.CONGVU_PROGRAM ?? join(root, "out/release/congvu");
const pictures = join(root, "out/results/pictures");
const password = "Congvu-Mau-2026";
const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

mkdirSync(pictures, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "congvu-e2e-"));
const data = join(folder, "data");
const made = spawnSync(program, ["demo", "--data", data, "--documents", "80"], { encoding: "utf8" });
if (made.status !== 0) {
    console.log(`  FAILED the sample ministry is made: ${made.stderr.split("\n").slice(-3).join(" ")}`);
    process.exit(1);
}
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

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/** A browser of its own for one person; `faults` gathers what must not happen on any page. */
async function open(viewport) {
    const context = await browser.newContext({ viewport, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh" });
    const page = await context.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
    page.on("response", (answer) => {
        const expected = answer.status() === 401 && answer.url().endsWith("/api/session");
        if (answer.status() >= 400 && !expected) faults.push(`${answer.status()} ${new URL(answer.url()).pathname}`);
    });
    return { context, page, faults };
}

async function signIn(page, login, secret = password) {
    await page.goto(address);
    await page.locator("input").first().fill(login);
    await page.locator("input[type=password]").fill(secret);
    await page.keyboard.press("Enter");
}

/** Asks the API as the page would, with its session. */
const ask = (page, method, path, body) =>
    page.evaluate(
        async ([how, where, sent]) => {
            const session = await (await fetch("/api/session")).json();
            const answer = await fetch(where, {
                method: how,
                headers: { "Content-Type": "application/json", "X-CSRF-Token": session.csrf },
                body: sent === undefined ? undefined : JSON.stringify(sent),
            });
            const text = await answer.text();
            return { status: answer.status, body: text ? JSON.parse(text) : null };
        },
        [method, path, body],
    );

const expect = (condition, why) => {
    if (!condition) throw new Error(why);
};
let failed = 0;
async function test(name, body) {
    try {
        await body();
        console.log(`  ok ${name}`);
    } catch (error) {
        failed += 1;
        console.log(`  FAILED ${name}: ${String(error.message).split("\n")[0]}`);
    }
}

/** The page has drawn something and waits for nothing more; its event stream stays open, so the network is never idle. */
async function settled(page) {
    await page.waitForFunction(
        () => document.body.innerText.trim().length > 40 && !document.querySelector("[aria-busy=true], .ant-spin-spinning"),
        { timeout: 20_000 },
    );
}

await test("a wrong password is refused in words", async () => {
    const { context, page } = await open(desktop);
    await signIn(page, "vanthu", "sai mật khẩu rồi");
    await page.getByText("Tên đăng nhập hoặc mật khẩu không đúng").waitFor({ timeout: 10_000 });
    await page.screenshot({ path: join(pictures, "sign-in-refused.png") });
    await context.close();
});

const walks = [
    ["vanthu", "clerk", ["/inbox", "/desk", "/registers/incoming", "/registers/incoming?queue=waiting", "/search?q=quan+ly+van+ban", "/calendar"]],
    ["lanhdao", "leader", ["/inbox", "/registers/task", "/registers/given_task"]],
    ["truong.pc", "head", ["/inbox", "/registers/incoming", "/registers/legal_programme"]],
    ["so.tccb", "keeper", ["/registers/insurance_book", "/registers/equipment", "/registers/network_node", "/registers/finding"]],
    ["quantri", "administrator", ["/organisation/units", "/organisation/accounts", "/journal", "/settings"]],
];
for (const [login, role, paths] of walks) {
    for (const [size, viewport] of [["desktop", desktop], ["phone", phone]]) {
        await test(`${role} sees every page without a fault (${size})`, async () => {
            const { context, page, faults } = await open(viewport);
            await signIn(page, login);
            await page.waitForFunction(() => !document.querySelector("input[type=password]"), { timeout: 15_000 });
            for (const path of paths) {
                await page.goto(new URL(path, address).href);
                await settled(page);
                const text = await page.locator("body").innerText();
                expect(text.trim().length > 20, `${path} is empty`);
                await page.screenshot({ path: join(pictures, `${role}-${path.replace(/[^a-z_]+/g, "-").replace(/^-|-$/g, "")}-${size}.png`) });
            }
            expect(faults.length === 0, faults.join("; "));
            await context.close();
        });
    }
}

await test("a document goes from the clerk to the leader to the handler, who finish it", async () => {
    const clerk = await open(desktop);
    await signIn(clerk.page, "vanthu");
    await clerk.page.waitForFunction(() => !document.querySelector("input[type=password]"), { timeout: 15_000 });
    const subject = "V/v kiểm thử đường đi của văn bản";
    const values = { sender: "Bộ Nội vụ Mẫu", notation: "999/BNV-TH", issued_on: "2026-11-20", kind: "dispatch", subject };
    const received = await ask(clerk.page, "POST", "/api/registers/incoming/records", { values });
    expect(received.status === 201, JSON.stringify(received.body));
    const path = `/api/records/${received.body.id}`;
    const registered = await ask(clerk.page, "POST", `${path}/actions/register`, { version: received.body.version });
    expect(registered.body.values?.arrival_number, JSON.stringify(registered.body));

    const leader = await open(desktop);
    await signIn(leader.page, "lanhdao");
    await leader.page.waitForFunction(() => !document.querySelector("input[type=password]"), { timeout: 15_000 });
    const found = await ask(leader.page, "GET", "/api/directory?kinds=post&q=vu+truong+phap+che");
    const assigned = await ask(leader.page, "POST", `${path}/assignments`, {
        version: registered.body.version, instruction: "Chủ trì, báo cáo.", due: "2027-03-15", lead: [{ kind: "post", id: found.body[0].id }],
    });
    expect(assigned.status === 200, JSON.stringify(assigned.body));

    const head = await open(desktop);
    await signIn(head.page, "truong.pc");
    await head.page.getByText(subject).first().waitFor({ timeout: 15_000 });
    await head.page.screenshot({ path: join(pictures, "walk-head-inbox.png") });
    const step = assigned.body[0].id;
    const finished = await ask(head.page, "PUT", `/api/steps/${step}/finish`, { outcome: "no_reply", reason: "Chỉ để kiểm thử." });
    expect(finished.status === 200, JSON.stringify(finished.body));
    await clerk.page.goto(new URL(`/records/${received.body.id}`, address).href);
    await clerk.page.getByText("Hoàn thành").first().waitFor({ timeout: 15_000 });
    await clerk.page.screenshot({ path: join(pictures, "walk-record-done.png") });

    const outsider = await open(desktop);
    await signIn(outsider.page, "vanthu.tchc");
    await outsider.page.waitForFunction(() => !document.querySelector("input[type=password]"), { timeout: 15_000 });
    const hidden = await ask(outsider.page, "GET", path);
    expect(hidden.status === 404, `another agency got ${hidden.status}`);
});

await browser.close();
server.kill("SIGTERM");
await new Promise((ended) => server.on("exit", ended));
rmSync(folder, { recursive: true, force: true });
process.exit(failed === 0 ? 0 : 1);
