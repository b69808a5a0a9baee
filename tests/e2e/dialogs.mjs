// Every dialog, drawer, menu and refusal, at both sizes: a picture, nothing serious from axe, nothing wider than the window. What is
// opened is closed again: nothing is changed, so that the same office can be looked at twice.
import { button, choose, dialog, field, pick, typeDay } from "./acts.mjs";
import { desktop, expect, person, phone, picture, settled, test, visit } from "./office.mjs";
import { look } from "./pages.mjs";

const keepers = {
    incoming: "vanthu",
    task: "lanhdao",
    legal_programme: "truong.pc",
    given_task: "banchidao",
    finding: "banchidao",
    insurance_book: "so.tccb",
    equipment: "so.cntt",
    network_node: "so.cntt",
    connection_point: "so.cntt",
    computer: "so.cntt",
};

/** The pages of one person at one size; each picture is looked at by the rules of every page. */
class Tour {
    constructor(office, size, visitor) {
        Object.assign(this, { office, size, page: visitor.page, faults: visitor.faults, leave: visitor.leave, wrong: [] });
        this.page.on("dialog", (asked) => asked.accept());
    }

    get = async (path) => (await this.page.request.get(new URL(`/api${path}`, this.office.address).href)).json();
    visit = (path) => visit(this.office, this.page, path);

    async shot(name) {
        await settled(this.page);
        // Menus and dialogs come in slowly; what moves is not looked at.
        await this.page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== "running" || each.effect?.getTiming().iterations === Infinity));
        await picture(this.page, `${name}-${this.size}`);
        await look(this.page, name).catch((error) => this.wrong.push(error.message));
    }

    /** Opens by a click, waits for `there`, takes the picture, closes. */
    async opened(name, open, there = () => dialog(this.page)) {
        try {
            await open();
            await there().waitFor();
            await this.shot(name);
        } catch (error) {
            this.wrong.push(`${name}: ${error.message.split("\n")[0]}`);
        }
        await this.page.keyboard.press("Escape");
        await this.page.getByRole("dialog").waitFor({ state: "hidden" }).catch(() => undefined);
    }

    button = (name) => button(this.page, name).first();
    /** An act of the page's head, where the phone puts all but the first in a menu. */
    async act(name) {
        const plain = button(this.page.locator(".page-head"), name);
        if (await plain.isVisible()) return plain.click();
        await this.page.getByRole("button", { name: "Thao tác khác" }).click();
        await this.page.getByRole("menuitem", { name, exact: true }).click();
    }

    async end() {
        await this.leave();
        const unasked = this.faults.filter((fault) => !this.forgiven?.test(fault));
        expect(unasked.length + this.wrong.length === 0, [...unasked, ...this.wrong].join("; "));
    }
}

const tour = async (office, login, size, go) => {
    const walk = new Tour(office, size, await person(office, login, size === "phone" ? phone : desktop));
    await go(walk);
    await walk.end();
};

/** A record in each state of a register, its five sides, and every act its keeper may do. */
async function register(walk, code) {
    const rows = (await walk.get(`/registers/${code}/records?limit=200`)).items;
    const states = new Map();
    for (const row of rows) if (!states.has(row.state.code)) states.set(row.state.code, row);
    const done = new Set();
    for (const [state, row] of states) {
        await walk.visit(`/records/${row.id}?tab=info`);
        await walk.shot(`record-${code}-${state}`);
        const record = await walk.get(`/records/${row.id}`);
        for (const action of record.actions) {
            if (done.has(action.code) || action.code === "assign") continue;
            done.add(action.code);
            await walk.opened(`act-${code}-${action.code}`, () => walk.act(action.label));
        }
        if (record.may.edit && !done.has("edit")) {
            done.add("edit");
            await button(walk.page, "Sửa thông tin").click();
            await button(walk.page, "Lưu").waitFor();
            await walk.shot(`edit-${code}`);
        }
    }
}

/** What a form says when nothing is filled in. */
async function emptyForm(walk, code) {
    await walk.visit(`/registers/${code}/new`);
    walk.forgiven = /^422 /;
    await button(walk.page, "Lưu").click();
    await walk.page.locator(".said, .fault").first().waitFor();
    await walk.shot(`form-refused-${code}`);
}

async function frame(walk) {
    const { page } = walk;
    await walk.opened("frame-make", () => walk.button("Tạo").click(), () => page.getByRole("menu"));
    await walk.visit("/inbox");
    await walk.opened("frame-person", () => page.locator(".frame-top button").last().click(), () => page.getByRole("menu"));
    await walk.visit("/inbox");
    await walk.opened("frame-notices", () => page.locator(".bell button").click(), () => page.getByText("Thông báo").last());
    if (walk.size === "phone") await walk.opened("frame-menu", () => page.getByRole("button", { name: "Menu" }).click());
}

async function list(walk) {
    const { page } = walk;
    await walk.visit("/registers/incoming");
    await walk.opened("list-filter", () => walk.button("Lọc").click(), () => page.locator(".filters-pane"));
    await walk.visit("/registers/incoming?state=registered&urgency=express");
    await walk.shot("list-filtered");
    await walk.opened("list-save-filter", () => walk.button("Lưu bộ lọc").click());
    await walk.visit("/registers/incoming?counter=open_late");
    await walk.shot("list-counted");
    await emptyForm(walk, "incoming");
    await field(page, "Trích yếu").fill("V/v báo cáo");
    await walk.opened("form-left", () => page.locator(".frame-name").click());
    if (walk.size === "phone") return;
    await walk.visit("/registers/incoming?queue=waiting");
    await walk.opened("list-columns", () => page.getByRole("button", { name: "Chọn cột" }).click(), () => page.getByText("Về mặc định"));
    await walk.visit("/registers/incoming");
    await walk.opened("list-export", () => walk.button("Xuất").click(), () => page.getByRole("menu"));
    await walk.visit("/registers/incoming?queue=waiting");
    await page.getByRole("checkbox", { name: /Chọn tất cả/ }).check();
    await walk.shot("list-ticked");
    const strip = page.locator(".list-strip");
    for (const each of (await strip.getByRole("button").allInnerTexts()).filter((label) => label !== "Bỏ chọn"))
        await walk.opened(`list-bulk-${each.replace(/\s+/g, "-")}`, () => button(strip, each).click());
}

async function document(walk) {
    const { page } = walk;
    const rows = (await walk.get("/registers/incoming/records?queue=in_progress&limit=50")).items;
    const whole = [];
    for (const row of rows) whole.push(await walk.get(`/records/${row.id}`));
    const record = whole.find((each) => each.files.length > 0 && each.may.edit) ?? whole[0];
    await walk.visit(`/records/${record.id}`);
    await walk.shot("document");
    await walk.opened("document-add-file", () => walk.button("Thêm tệp").click());
    if (record.files.length > 0) {
        await walk.opened("document-detach", async () => {
            await page.getByRole("button", { name: "Gỡ tệp" }).click();
            // The document is registered: nothing comes off it without a reason.
            await dialog(page).getByLabel("Lý do").waitFor();
        });
    }
    await walk.opened("document-ask", () => walk.act("Xin ý kiến"));
    await walk.visit(`/records/${record.id}?tab=links`);
    await walk.opened("document-link", () => walk.button("Thêm liên kết").click());
    await walk.visit(`/records/${record.id}?tab=history`);
    await page.getByRole("button", { name: /^Xem \d+ thay đổi/ }).last().click();
    await walk.shot("document-changes");
    await walk.visit(`/records/${record.id}?tab=access`);
    await pick(page, page, "Vì sao người này xem được", "quan tri", "").catch(() => undefined);
    await walk.shot("document-why");
    await walk.visit(`/records/${record.id}?tab=info`);
    await walk.button("Sửa thông tin").click();
    await field(page, "Trích yếu").fill("");
    await walk.shot("document-edit");
}

/** Each act of the steps that wait for this person, opened once. */
async function steps(walk, boxes) {
    const { page } = walk;
    const done = new Set();
    for (const box of boxes) {
        const rows = (await walk.get(`/inbox?box=${box}&limit=12`)).items;
        for (const row of rows) {
            await walk.visit(`/records/${row.record}?step=${row.step}`);
            const acts = page.locator(".steps .acts").getByRole("button");
            const labels = await acts.allInnerTexts();
            for (const label of labels) {
                if (done.has(label)) continue;
                done.add(label);
                await walk.opened(`step-${label.replace(/[^\p{L}]+/gu, "-")}`, () => acts.filter({ hasText: label }).first().click());
            }
        }
    }
}

async function leader(walk) {
    const { page } = walk;
    const waiting = (await walk.get("/registers/incoming/records?state=registered&limit=1")).items[0];
    await walk.visit(`/records/${waiting.id}`);
    await walk.opened("document-assign", async () => {
        await walk.act("Phân công");
        await pick(page, dialog(page), "Chủ trì", "phap che", "Vụ Pháp chế");
    });
    await walk.opened("document-propose", () => walk.act("Đề xuất phân công"));
    await steps(walk, ["todo", "watching"]);
}

async function books(walk) {
    const { page } = walk;
    await walk.visit("/registers/incoming/books");
    for (const [name, label] of [["reserve", "Giữ số"], ["cancel", "Hủy số"]]) await walk.opened(`books-${name}`, () => walk.button(label).click());
    await choose(page, page, "Năm", "2023");
    await walk.shot("books-none");
}

async function organisation(walk) {
    const { page } = walk;
    await walk.visit("/organisation/units");
    for (const [name, label] of [["add", "Thêm đơn vị cấp dưới"], ["change", "Đổi tên, chuyển cấp"], ["succeed", "Sáp nhập, chia tách"], ["post-add", "Thêm chức vụ"], ["post-rename", "Đổi tên"], ["post-roles", "Vai trò"], ["post-holder", "Người giữ"]])
        await walk.opened(`units-${name}`, () => walk.button(label).click());
    await field(page, "Tìm đơn vị").fill("phap che");
    await walk.shot("units-found");
    await walk.visit("/organisation/accounts");
    await walk.opened("people-add", () => walk.button("Thêm người").click());
    if (walk.size !== "phone")
        for (const [name, label] of [["edit", "Sửa"], ["open", "Mở tài khoản"], ["lock", "Khóa tài khoản"], ["reset", "Cấp lại mật khẩu"]]) await walk.opened(`people-${name}`, () => walk.button(label).click());
    await page.getByRole("searchbox", { name: "Tìm theo họ tên" }).or(field(page, "Tìm theo họ tên")).first().fill("khongcoai");
    await page.getByText("Không tìm thấy ai").waitFor();
    await walk.shot("people-none");
    for (const [section, label] of [["acting", "Giao xử lý thay"], ["signing-authorities", "Thêm thẩm quyền ký"], ["hand-overs", "Lập bàn giao"]]) {
        await walk.visit(`/organisation/${section}`);
        await walk.opened(`${section}-add`, () => walk.button(label).click());
    }
    await walk.visit("/journal");
    await walk.opened("journal-entry", () => page.locator(walk.size === "phone" ? ".cards button" : "tbody tr").first().click());
    await walk.visit("/journal?action=khong.co.viec.nay");
    await walk.shot("journal-none");
    await walk.visit("/calendar");
    await walk.opened("calendar-day", () => page.locator("button.day").nth(40).click());
    await page.getByRole("button", { name: "Năm sau" }).click();
    await settled(page);
    await walk.shot("calendar-next-year");
}

/** The server that is gone, that breaks, a right one has not, a page that is not. */
async function refusals(walk) {
    const { page } = walk;
    walk.forgiven = /^(4|5)\d\d |answers otherwise/;
    for (const path of ["/journal", "/settings", "/organisation/accounts", "/registers/khong_co_so", "/registers/insurance_book/new", "/records/999999"]) {
        await walk.visit(path);
        await walk.shot(`refused${path.replaceAll("/", "-")}`);
    }
    await page.route("**/api/inbox?*", (route) => route.abort());
    await walk.visit("/inbox");
    await walk.shot("server-gone-list");
    await page.unroute("**/api/inbox?*");
    const rows = /\/api\/registers\/incoming\/records(\?|$)/;
    await page.route(rows, (route) => route.fulfill({ status: 500, contentType: "text/plain", body: "" }));
    await walk.visit("/registers/incoming");
    await walk.shot("server-broken-list");
    await page.unroute(rows);
    await page.route("**/api/session", (route) => route.abort());
    await page.goto(new URL("/inbox", walk.office.address).href);
    await page.getByRole("button", { name: "Thử lại" }).waitFor();
    await walk.shot("server-gone");
}

/** The second language, chosen and put back as its reader would. */
async function english(walk) {
    const { page } = walk;
    const speak = async (language, known) => {
        await page.locator(".frame-top button").last().click();
        await page.getByRole("menuitem", { name: language }).click();
        await page.getByRole("heading", { level: 1, name: known }).waitFor();
    };
    await walk.visit("/inbox");
    await speak("English", "To do");
    for (const path of ["/inbox", "/registers", "/registers/incoming", "/registers/given_task", "/registers/given_task/new", "/registers/legal_programme", "/search?q=quan+ly", "/calendar", "/account"]) {
        await walk.visit(path);
        await walk.shot(`english${path.replace(/[^a-z_]+/g, "-")}`);
    }
    await walk.visit("/inbox");
    await speak("Tiếng Việt", "Việc cần xử lý");
}

export async function dialogs(office) {
    for (const size of ["desktop", "phone"]) {
        const of = (name, login, go) => test(`${name} (${size})`, () => tour(office, login, size, go));
        await of("the frame opens its menus", "lanhdao", frame);
        await of("lists open their filters, columns and acts on many", "vanthu", list);
        await of("a document opens all it can", "vanthu", document);
        for (const [code, login] of Object.entries(keepers)) await of(`${code}: each state, each act, the form`, login, (walk) => register(walk, code));
        for (const [code, login] of Object.entries(keepers)) if (code !== "incoming" && code !== "legal_programme") await of(`${code}: an empty form is refused in words`, login, (walk) => emptyForm(walk, code));
        await of("the leader's acts", "lanhdao", leader);
        await of("the head's acts on steps", "truong.pc", (walk) => steps(walk, ["todo", "support", "watching"]));
        await of("the handler's acts on steps", "cv.pc1", (walk) => steps(walk, ["todo", "support"]));
        await of("the books' acts", "vanthu", books);
        await of("the administrator's dialogs", "quantri", organisation);
        await of("everything in English", "chanhvp", english);
        await of("refusals say what to do", "vanthu", refusals);
    }
}
