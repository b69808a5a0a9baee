// Every page of every role, at both sizes: a picture, no fault of script or server, nothing serious from axe, nothing wider than the
// window, no date as machines write it.
import { expectAccessible } from "./axe.mjs";
import { desktop, expect, person, phone, picture, settled, test, visit } from "./office.mjs";

const registers = ["incoming", "task", "legal_programme", "given_task", "finding", "insurance_book", "equipment", "network_node", "connection_point", "computer"];
const lists = registers.map((code) => `/registers/${code}`);
const forms = (...codes) => codes.map((code) => `/registers/${code}/new`);

const walks = [
    ["vanthu", "clerk", ["/inbox", "/desk", "/registers", ...lists.slice(0, 2), "/registers/incoming?queue=received", "/registers/incoming?queue=waiting", "/registers/incoming?q=khongcogi", ...forms("incoming", "task"), "/registers/incoming/books", "/books", "/search", "/search?q=quan+ly+van+ban", "/search?q=khongcogiocadauhet", "/calendar", "/account", "/khong-co-trang-nay", "/records/999999"]],
    ["lanhdao", "leader", ["/inbox", "/inbox?box=support", "/inbox?box=inform", "/inbox?box=watching", "/inbox?box=done", "/inbox?part=decide", "/inbox?box=watching&late=1", "/inbox?q=khongcogi", "/registers/task", "/registers/given_task"]],
    ["chanhvp", "chief", ["/inbox", "/inbox?part=assign", "/inbox?box=unit", "/registers/incoming?queue=to_assign", "/registers/incoming?queue=to_decide", "/registers/incoming?queue=due_soon"]],
    ["truong.pc", "head", ["/inbox", "/inbox?part=assign", "/inbox?part=returned", "/inbox?box=unit", "/registers/task?queue=to_assign", "/registers/incoming", "/registers/legal_programme"]],
    ["cv.pc1", "handler", ["/inbox", "/inbox?part=lead", "/inbox?part=returned", "/registers"]],
    ["so.tccb", "personnel", [...lists.slice(4, 6), ...forms("insurance_book", "finding")]],
    ["so.cntt", "network", [...lists.slice(6), ...forms("equipment", "network_node", "connection_point", "computer")]],
    ["banchidao", "steering", [...lists.slice(3, 5), ...forms("given_task", "finding")]],
    ["quantri", "administrator", ["/organisation/units", "/organisation/accounts", "/organisation/acting", "/organisation/signing-authorities", "/organisation/right-changes", "/organisation/hand-overs", "/journal", "/settings", "/calendar", "/lists", "/lists/part/shared", "/lists/document_kinds", "/backups", "/jobs", "/organisation/right-changes?mine=1"]],
    ["kiemtoan", "auditor", ["/inbox", "/journal"]],
];

const nameOf = (role, path, size) => `${role}-${path.replace(/[^a-z_0-9]+/g, "-").replace(/^-|-$/g, "")}-${size}`;
/** Pages that are there to say that something is not. */
const missing = (path) => path.startsWith("/records/999999");

export async function look(page, where) {
    const text = await page.locator("body").innerText();
    expect(text.trim().length > 40, `${where} is empty`);
    const iso = text.match(/\b\d{4}-\d{2}-\d{2}(T[\d:.]+Z?)?\b/);
    expect(!iso, `${where} shows the date ${iso?.[0]}`);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider <= 0, `${where} is ${wider} pixels wider than the window`);
    // The frame fills the window and scrolls inside: nothing beside it makes the page longer.
    const longer = await page.evaluate(() => (document.querySelector(".frame") ? document.documentElement.scrollHeight - window.innerHeight : 0));
    expect(longer <= 0, `${where} is ${longer} pixels longer than the window`);
    await expectAccessible(page, where);
}

async function walk(office, login, role, paths, size, viewport) {
    const { page, faults, leave } = await person(office, login, viewport);
    const wrong = [];
    for (const path of paths) {
        const before = faults.length;
        await visit(office, page, path);
        await picture(page, nameOf(role, path, size));
        await look(page, path).catch((error) => wrong.push(error.message));
        if (missing(path)) faults.splice(before);
    }
    await leave();
    expect(faults.length + wrong.length === 0, [...faults, ...wrong].join("; "));
}

/** The tabs of a document, which have no addresses of their own in the lists above. */
async function record(office, size, viewport) {
    const { page, faults, leave } = await person(office, "vanthu", viewport);
    await visit(office, page, "/registers/incoming?queue=in_progress");
    await page.locator(size === "phone" ? ".cards a" : "tbody a").first().click();
    await page.getByRole("tab", { name: "Xử lý" }).waitFor();
    const wrong = [];
    for (const [tab, name] of [["Xử lý", "steps"], ["Thông tin", "info"], ["Liên quan", "links"], ["Nhật ký", "history"], ["Quyền xem", "access"]]) {
        await page.getByRole("tab", { name: tab }).click();
        await page.locator("[role=tab][aria-selected=true]", { hasText: tab }).waitFor();
        await settled(page);
        if (size === "phone") await page.getByRole("tablist").last().scrollIntoViewIfNeeded();
        await picture(page, `record-${name}-${size}`);
        await look(page, `record ${name}`).catch((error) => wrong.push(error.message));
    }
    await leave();
    expect(faults.length + wrong.length === 0, [...faults, ...wrong].join("; "));
}

export async function pages(office) {
    for (const [size, viewport] of [["desktop", desktop], ["phone", phone]]) {
        await test(`a wrong password is refused in words (${size})`, async () => {
            const { page, leave } = await person(office, undefined, viewport);
            await settled(page);
            await picture(page, `sign-in-${size}`);
            await look(page, "sign-in");
            await leave();
            const wrong = await person(office, "vanthu", viewport, "sai mật khẩu rồi");
            await wrong.page.getByText("Tên đăng nhập hoặc mật khẩu không đúng").waitFor();
            await picture(wrong.page, `sign-in-refused-${size}`);
            await look(wrong.page, "sign-in refused");
            await wrong.leave();
        });
        for (const [login, role, paths] of walks)
            await test(`${role} sees every page without a fault (${size})`, () => walk(office, login, role, paths, size, viewport));
        await test(`a document shows its five sides (${size})`, () => record(office, size, viewport));
    }
}
