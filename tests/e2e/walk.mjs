// The registered document on its way: chief of office, leader, head of section, handler, support, clerk; only by what the pages offer.
import { button, dialog, field, lookUp, pick } from "./acts.mjs";
import { expectAccessible } from "./axe.mjs";
import { desktop, expect, person, phone, picture, settled, skipped, test, visit } from "./office.mjs";
import { subject } from "./incoming.mjs";
import { shared, why_not } from "./shared.mjs";

const lead = /^Vụ trưởng.*Vụ Pháp chế/;
const support = /^Vụ trưởng.*Vụ (TCCB|Tổ chức cán bộ)/;

/** Found by words without marks, opened by a click on what was found. */
async function findDocument(page) {
    await lookUp(page, "tang cuong quan ly van ban va ho so dien tu");
    await page.locator(".hits").getByRole("link", { name: subject }).first().click();
    await page.getByRole("heading", { level: 1, name: subject }).waitFor();
    await settled(page);
}

const row = (page) => page.locator("tbody tr", { hasText: subject }).first();
/** The inbox has buttons of the same names: only on the document's own page are its steps acted on. */
async function openRow(page) {
    await row(page).getByRole("link", { name: subject }).click();
    await page.getByRole("heading", { level: 1, name: subject }).waitFor();
    await settled(page);
}
async function closed(page) {
    await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function propose(office) {
    const { page, faults, leave } = await person(office, "chanhvp");
    await findDocument(page);
    await picture(page, "walk-01-chief-opens");
    await page.getByRole("button", { name: "Đề xuất phân công" }).click();
    const sheet = dialog(page);
    await pick(page, sheet, "Trình", "bo truong", /^Bộ trưởng/);
    await field(sheet, "Nội dung đề xuất").fill("Đề xuất giao Vụ Pháp chế chủ trì, Vụ Tổ chức cán bộ phối hợp.");
    await pick(page, sheet, "Chủ trì", "vu truong phap che", lead);
    await picture(page, "walk-02-chief-proposes");
    await expectAccessible(page, "the proposal");
    await button(sheet, "Trình").click();
    await closed(page);
    await page.locator(".step", { hasText: "Đề xuất giao Vụ Pháp chế chủ trì" }).first().waitFor();
    await picture(page, "walk-03-chief-has-proposed");
    expect(faults.length === 0, faults.join("; "));
    await leave();
}

/** The head's inbox is open meanwhile: what the leader gives appears there by itself. */
async function instruct(office) {
    const head = await person(office, "truong.pc");
    await head.page.locator("#main").getByRole("heading", { name: "Việc cần xử lý" }).waitFor();
    await settled(head.page);
    const { page, faults, leave } = await person(office, "lanhdao");
    await row(page).locator("td").last().click();
    await page.locator(".preview", { hasText: subject }).waitFor();
    await settled(page);
    await picture(page, "walk-04-leader-inbox");
    await button(page, "Bút phê, chuyển xử lý").click();
    const sheet = dialog(page);
    const phrase = sheet.locator(".phrase button").first();
    const words = (await phrase.innerText()).trim();
    await phrase.click();
    expect((await field(sheet, "Bút phê, nội dung giao").inputValue()) === words, "the phrase is not in the instruction");
    await pick(page, sheet, "Chủ trì", "vu truong phap che", lead);
    await pick(page, sheet, "Phối hợp", "vu truong to chuc can bo", support);
    await pick(page, sheet, "Nhận để biết", "van phong bo", /^Văn phòng Bộ/);
    await button(sheet, "5 ngày làm việc").click();
    await page.waitForFunction((input) => /^\d\d\/\d\d\/\d{4}$/.test(input.value), await field(sheet, "Hạn xử lý").elementHandle());
    await picture(page, "walk-05-leader-instructs");
    await expectAccessible(page, "the instruction");
    await button(sheet, "Giao việc").click();
    await closed(page);
    await row(page).waitFor({ state: "detached" });
    await picture(page, "walk-06-leader-has-assigned");
    await row(head.page).waitFor();
    await picture(head.page, "walk-07-head-inbox-live");
    const all = [...faults, ...head.faults];
    expect(all.length === 0, all.join("; "));
    await leave();
    await head.leave();
}

async function split(office) {
    const { page, faults, leave } = await person(office, "truong.pc");
    await openRow(page);
    await page.locator(".step").first().waitFor();
    await settled(page);
    await picture(page, "walk-08-head-opens");
    await page.locator(".step .acts").getByRole("button", { name: "Chuyển xử lý" }).first().click();
    const sheet = dialog(page);
    await pick(page, sheet, "Chủ trì", "chuyen vien phap che", /^Chuyên viên/);
    await field(sheet, "Bút phê, nội dung giao").fill("Đồng chí dự thảo kế hoạch, báo cáo tôi trước hạn.");
    await button(sheet, "3 ngày làm việc").click();
    await picture(page, "walk-09-head-splits");
    await button(sheet, "Giao việc").click();
    await closed(page);
    await page.locator(".step .step, .steps .steps", { hasText: "Đồng chí dự thảo kế hoạch" }).first().waitFor();
    await picture(page, "walk-10-head-has-split");
    expect(faults.length === 0, faults.join("; "));
    await leave();
}

/** The handler reads on the phone, asks for time at the desk; the head grants it. */
async function extend(office) {
    const onPhone = await person(office, "cv.pc1", phone);
    await onPhone.page.locator(".cards a", { hasText: subject }).waitFor();
    await picture(onPhone.page, "walk-11-handler-inbox-phone");
    await onPhone.page.locator(".cards a", { hasText: subject }).click();
    await onPhone.page.locator(".step", { hasText: "Đồng chí dự thảo kế hoạch" }).first().waitFor();
    await settled(onPhone.page);
    await picture(onPhone.page, "walk-12-handler-document-phone");
    await onPhone.page.locator(".step", { hasText: "Đồng chí dự thảo kế hoạch" }).first().scrollIntoViewIfNeeded();
    await picture(onPhone.page, "walk-13-handler-steps-phone");
    await expectAccessible(onPhone.page, "the document on the phone");
    await onPhone.leave();

    const handler = await person(office, "cv.pc1", desktop);
    await openRow(handler.page);
    await handler.page.getByRole("button", { name: "Xin gia hạn" }).click();
    const sheet = dialog(handler.page);
    // No later than the head's own deadline.
    await button(sheet, "5 ngày làm việc").click();
    const asked = field(sheet, "Hạn mới");
    await handler.page.waitForFunction((input) => /^\d\d\/\d\d\/\d{4}$/.test(input.value), await asked.elementHandle());
    const until = await asked.inputValue();
    await field(sheet, "Lý do").fill("Cần lấy thêm số liệu của các đơn vị.");
    await picture(handler.page, "walk-14-handler-asks-for-time");
    await button(sheet, "Xin gia hạn").click();
    await closed(handler.page);
    await handler.page.locator(".step .warn", { hasText: "Cần lấy thêm số liệu" }).waitFor();

    const head = await person(office, "truong.pc");
    await findDocument(head.page);
    await head.page.getByRole("button", { name: "Xét gia hạn" }).click();
    await picture(head.page, "walk-15-head-decides");
    await button(dialog(head.page), "Lưu").click();
    await closed(head.page);
    await head.page.locator(".step", { hasText: `Hạn xử lý ${until}` }).first().waitFor();
    await handler.page.locator(".step", { hasText: `Hạn xử lý ${until}` }).first().waitFor();
    const all = [...onPhone.faults, ...handler.faults, ...head.faults];
    expect(all.length === 0, all.join("; "));
    await head.leave();
    await handler.leave();
}

/** Support gives its opinion; the handler finishes with a product, then the head; nobody finishes with nothing. */
async function finish(office) {
    const helper = await person(office, "truong.tccb");
    await helper.page.getByRole("tab", { name: /^Phối hợp/ }).click();
    await openRow(helper.page);
    await helper.page.getByRole("button", { name: "Cho ý kiến" }).first().click();
    await field(dialog(helper.page), "Ý kiến").fill("Nhất trí; đề nghị bổ sung phần tập huấn cho văn thư các đơn vị.");
    await picture(helper.page, "walk-16-support-gives-opinion");
    await button(dialog(helper.page), "Gửi ý kiến").click();
    await closed(helper.page);
    await helper.page.getByText("đề nghị bổ sung phần tập huấn").first().waitFor();

    const handler = await person(office, "cv.pc1");
    await openRow(handler.page);
    await handler.page.getByText("đề nghị bổ sung phần tập huấn").first().waitFor();
    await handler.page.locator(".step .acts").getByRole("button", { name: "Hoàn thành" }).first().click();
    const sheet = dialog(handler.page);
    expect(await button(sheet, "Hoàn thành").isDisabled(), "it can be finished with nothing");
    await sheet.getByLabel("Có kết quả kèm theo").check();
    const [choosing] = await Promise.all([handler.page.waitForEvent("filechooser"), button(sheet, "Chọn tệp").first().click()]);
    await choosing.setFiles(shared.pdf("f15c4c98_hello-world.pdf"));
    await sheet.getByText("hello-world.pdf").waitFor();
    await field(sheet, "Nội dung kết quả").fill("Đã trình dự thảo kế hoạch.");
    await picture(handler.page, "walk-17-handler-finishes");
    await expectAccessible(handler.page, "finishing");
    await button(sheet, "Hoàn thành").click();
    await closed(handler.page);
    await settled(handler.page);
    await picture(handler.page, "walk-18-handler-has-finished");

    const head = await person(office, "truong.pc");
    await openRow(head.page);
    await head.page.locator(".step .acts").getByRole("button", { name: "Hoàn thành" }).first().click();
    await dialog(head.page).getByLabel("Lưu, không trả lời").check();
    await field(dialog(head.page), "Lý do").fill("Đã có kế hoạch trong tệp kết quả.");
    await picture(head.page, "walk-19-head-finishes");
    await button(dialog(head.page), "Hoàn thành").click();
    await closed(head.page);
    const all = [...helper.faults, ...handler.faults, ...head.faults];
    expect(all.length === 0, all.join("; "));
    await Promise.all([helper.leave(), handler.leave(), head.leave()]);
}

async function done(office) {
    for (const [size, viewport] of [["desktop", desktop], ["phone", phone]]) {
        const { page, faults, leave } = await person(office, "vanthu", viewport);
        await visit(office, page, "/search?q=tang+cuong+quan+ly+van+ban+va+ho+so+dien+tu");
        await page.locator(".hits").getByRole("link", { name: subject }).first().click();
        await page.locator(".page-head .badge.green", { hasText: "Hoàn thành" }).waitFor();
        await settled(page);
        await picture(page, `walk-20-clerk-sees-it-done-${size}`);
        await page.getByRole("tab", { name: "Nhật ký" }).click();
        await page.locator(".timeline li").nth(5).waitFor();
        await picture(page, `walk-21-clerk-reads-history-${size}`);
        await expectAccessible(page, `the finished document (${size})`);
        expect(faults.length === 0, faults.join("; "));
        await leave();
    }
}

const steps = [
    ["the chief of office proposes", propose],
    ["the leader instructs with a phrase and assigns; the head's inbox shows it by itself", instruct],
    ["the head splits the work further down", split],
    ["the handler asks for time and gets it", extend],
    ["support gives an opinion, the handler and the head finish with a product and a reason", finish],
    ["the clerk sees it done", done],
];

/** Each step stands on the one before it. */
export async function walk(office, there) {
    let going = there;
    for (const [name, step] of steps) {
        if (going) going = await test(name, () => step(office));
        else skipped(name, shared ? "the step before it failed" : why_not);
    }
}
