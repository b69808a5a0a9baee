// What is typed outlives a session that ends, a window that acts from another post, and an answer that is lost; what is dropped on the desk
// outlives its window.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dropFiles, field } from "./acts.mjs";
import { expectAccessible } from "./axe.mjs";
import { day, desktop, expect, person, phone, picture, settled, test, visit } from "./office.mjs";
import { ask } from "./waiting.mjs";

const sizes = [["desktop", desktop], ["phone", phone]];
const run = Date.now().toString(36);
const save = (page) => page.getByRole("button", { name: /Lưu$/ }).click();
/** The same where the page may find out by itself, asking whether what is typed holds, and is covered before the click. */
const saveUnlessCovered = (page) => page.getByRole("button", { name: /Lưu$/ }).click({ timeout: 2_000 }).then(() => true, () => false);
const cover = (page) => page.getByRole("dialog");

async function found(page, subject) {
    const list = await ask(page, "GET", `/api/registers/incoming/records?q=${encodeURIComponent(subject)}`);
    return list.items.filter((each) => each.title.includes(subject));
}

async function begin(office, page, subject) {
    await visit(office, page, "/registers/incoming/new");
    await field(page, "Tác giả").fill("Sở Thử nghiệm");
    await field(page, "Trích yếu").fill(subject);
}

async function endSession(page) {
    const current = (await ask(page, "GET", "/api/account/sessions")).find((each) => each.current);
    await ask(page, "DELETE", `/api/account/sessions/${current.id}`);
}

async function signIn(page, login) {
    await cover(page).getByLabel("Tên đăng nhập").fill(login);
    await cover(page).getByLabel("Mật khẩu").fill("Congvu-Mau-2026");
    await page.keyboard.press("Enter");
    await cover(page).waitFor({ state: "detached" });
}

async function again(office) {
    for (const [size, viewport] of sizes) {
        const { page, leave } = await person(office, "vanthu", viewport);
        const subject = `V/v gõ dở khi hết phiên ${run} (${size})`;
        await begin(office, page, subject);
        await endSession(page);
        const pressed = await saveUnlessCovered(page);
        await cover(page).getByText("Phiên làm việc đã kết thúc").waitFor();
        await settled(page);
        await picture(page, `session-ended-${size}`);
        await expectAccessible(page, "a session that ended");
        await signIn(page, "vanthu");
        if (!pressed) await save(page);
        await page.waitForURL(/\/records\/\d+/);
        expect((await found(page, subject)).length === 1, "what was typed is not saved once");
        await leave();
    }
}

async function another(office) {
    const { page, leave } = await person(office, "vanthu");
    await begin(office, page, "V/v của người trước");
    await endSession(page);
    await saveUnlessCovered(page);
    await cover(page).waitFor();
    await signIn(page, "chanhvp");
    await settled(page);
    expect(!(await page.content()).includes("V/v của người trước"), "another account sees what was typed");
    expect((await found(page, "V/v của người trước")).length === 0, "another account's name stands under what was typed");
    await leave();
}

async function otherPost(office) {
    const [leader, deputy, confirmer] = [await person(office, "lanhdao"), await person(office, "truong.pc"), await person(office, "quantri2")];
    const { page } = deputy;
    const post = (await ask(leader.page, "GET", "/api/session")).post;
    const own = await ask(page, "GET", "/api/session");
    const iso = (from_today) => day(from_today).split("/").reverse().join("-");
    const acting = await ask(leader.page, "POST", "/api/acting", { post, deputy: own.person.id, valid_from: iso(0), valid_to: iso(3), basis: "Quyết định số 13/QĐ-BM" });
    if (!acting.applied) await ask(confirmer.page, "PUT", `/api/right-changes/${acting.change}/decision`, { confirmed: true });
    for (const [size, viewport] of sizes) {
        await page.setViewportSize(viewport);
        await visit(office, page, "/registers/task/new");
        await field(page, "Tên việc").fill("Việc gõ dở ở chức vụ của mình");
        // As another window does it, but not telling this one: it finds out by being refused.
        await ask(page, "PUT", "/api/session/post", { post });
        await saveUnlessCovered(page);
        await cover(page).getByText("Phiên đã chuyển sang chức vụ khác").waitFor();
        await settled(page);
        await picture(page, `session-other-post-${size}`);
        await expectAccessible(page, "a session that went over to another post");
        await cover(page).getByRole("button", { name: /^Quay lại/ }).click();
        await cover(page).waitFor({ state: "detached" });
        expect((await field(page, "Tên việc").inputValue()) === "Việc gõ dở ở chức vụ của mình", "what was typed is lost");
    }
    await save(page);
    await page.waitForURL(/\/records\/\d+/);
    const id = page.url().split("/").pop();
    const record = await ask(page, "GET", `/api/records/${id}/history`);
    expect(!JSON.stringify(record).includes("on_behalf_of\":{"), "the task was made in another's stead");
    for (const each of [leader, deputy, confirmer]) await each.leave();
}

async function lostAnswer(office) {
    const { page, leave } = await person(office, "vanthu");
    const subject = `V/v mất trả lời giữa chừng ${run}`;
    await begin(office, page, subject);
    await page.evaluate(() => {
        const whole = window.fetch;
        window.fetch = async (...asked) => {
            const answer = await whole(...asked);
            if (!String(asked[0]).endsWith("/registers/incoming/records")) return answer;
            window.fetch = whole;
            throw new TypeError("the connection was reset");
        };
    });
    await save(page);
    await page.getByText("Không kết nối được máy chủ").waitFor();
    await field(page, "Số, ký hiệu").fill("77/SMM");
    await save(page);
    await page.waitForURL(/\/records\/\d+/);
    const made = await found(page, subject);
    expect(made.length === 1, `${made.length} records were made of one form`);
    const record = await ask(page, "GET", `/api/records/${made[0].id}`);
    expect(record.values.notation === "77/SMM", "what was typed after the lost answer is not in the record");
    await leave();
}

async function twoWindows(office) {
    const folder = mkdtempSync(join(tmpdir(), "congvu-desk-"));
    const { page, leave } = await person(office, "vanthu.tchc");
    const other = await page.context().newPage();
    const names = ["một.txt", "hai.txt", ...Array.from({ length: 80 }, (_, number) => `Công văn số ${number} về việc ${"báo cáo kết quả thực hiện nhiệm vụ ".repeat(3)}.txt`)];
    for (const name of names) writeFileSync(join(folder, name), name);
    const paths = names.map((name) => join(folder, name));
    const items = (window) => window.locator(".desk-item[id^=file]");
    for (const window of [page, other]) await visit(office, window, "/desk");
    const before = await items(page).count();
    for (const [window, path] of [[page, paths[0]], [other, paths[1]]]) {
        await dropFiles(window, window.locator(".desk .drop").first(), [path]);
        await items(window).nth(before).waitFor();
    }
    await items(page).nth(before + 1).waitFor();
    await dropFiles(page, page.locator(".desk .drop").first(), paths.slice(2));
    await items(page).nth(before + names.length - 1).waitFor({ timeout: 120_000 });
    for (const window of [page, other]) {
        await visit(office, window, "/desk");
        await items(window).nth(before + names.length - 1).waitFor();
    }
    await picture(page, "desk-9-many-after-reload");
    await leave();
    rmSync(folder, { recursive: true });
}

export async function session(office) {
    await test("a form outlives its session: the same person signs in over it and goes on", () => again(office));
    await test("another account sees nothing of the one before", () => another(office));
    await test("a window of another post says so and does nothing in its name", () => otherPost(office));
    await test("a record whose answer was lost is not made twice", () => lostAnswer(office));
    await test("what two windows drop on the desk is there for both, however much it is", () => twoWindows(office));
}
