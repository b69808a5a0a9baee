// The clerk's desk: one paper, wrong words in its form, its twin, fifty at once, laws.
import { button, choose, dropFiles, field, typeDay } from "./acts.mjs";
import { expectAccessible } from "./axe.mjs";
import { day, expect, person, picture, skipped, test, visit } from "./office.mjs";
import { shared, why_not } from "./shared.mjs";

export const subject = "V/v tăng cường quản lý văn bản và hồ sơ điện tử năm 2026";
export const notation = "1234/BNV-VTLT";
const author = "Bộ Nội vụ Mẫu";

export const laws = [
    ["Luat-Co-yeu-2011-132747.txt", "Luật Cơ yếu 2011", "05/2011/QH13"],
    ["Luat-hoa-giai-o-co-so-nam-2013-197282.txt", "Luật Hòa giải ở cơ sở 2013", "35/2013/QH13"],
    ["Luat-Luc-luong-du-bi-dong-vien-2019-351558.txt", "Luật Lực lượng dự bị động viên 2019", "53/2019/QH14"],
];

const place = (page) => page.locator(".desk .drop").first();
const enter = (page) => page.getByRole("button", { name: /Vào sổ và tiếp/ });
/** What stands in red under a field. */
const said = (page, label) => page.locator(".field", { has: page.getByText(new RegExp(`^${label}\\*?$`)) }).locator(".said");

async function dropOne(page, path, name) {
    await dropFiles(page, place(page), [path]);
    await page.getByRole("button", { name }).first().click();
    await page.locator(`.desk-item[aria-current=true]`, { hasText: name }).waitFor();
}

async function fill(page, { of = author, number, about, issued = day(-3), kind }) {
    await field(page, "Tác giả").fill(of);
    await field(page, "Số, ký hiệu").fill(number);
    await typeDay(page, "Ngày văn bản", issued);
    await field(page, "Trích yếu").fill(about);
    if (kind) await choose(page, page, "Tên loại", kind);
}

/** Empty, too long, no day, a day to come: each is said at its field, by its name, and nothing is lost meanwhile. */
async function wrong(page) {
    await enter(page).click();
    await said(page, "Tác giả").getByText("“Tác giả”").waitFor();
    await said(page, "Trích yếu").getByText("“Trích yếu”").waitFor();
    await picture(page, "desk-2-empty-fields");
    await expectAccessible(page, "the desk with faults");
    await field(page, "Tác giả").fill(author);
    await field(page, "Trích yếu").fill("a".repeat(501));
    await enter(page).click();
    await said(page, "Trích yếu").getByText(/“Trích yếu”.*500/).waitFor();
    await typeDay(page, "Ngày văn bản", "31/02/2026");
    await said(page, "Ngày văn bản").getByText("“Ngày văn bản” phải là ngày có thật").waitFor();
    await field(page, "Trích yếu").fill(subject);
    await enter(page).click();
    await page.locator(".fault", { hasText: "“Ngày văn bản” phải là ngày có thật" }).waitFor();
    await picture(page, "desk-3-wrong-day");
    await typeDay(page, "Ngày văn bản", day(5));
    await said(page, "Ngày văn bản").getByText("Ngày văn bản không thể sau ngày đến").waitFor();
}

async function one(office) {
    const { page, faults, leave } = await person(office, "vanthu");
    await page.getByRole("link", { name: "Bàn tiếp nhận" }).click();
    await dropOne(page, shared.pdf("d58f1762_pdflatex-4-pages.pdf"), "pdflatex-4-pages");
    await page.locator(".desk-file canvas").first().waitFor();
    await picture(page, "desk-1-dropped");
    await wrong(page);
    await fill(page, { number: notation, about: subject });
    await enter(page).click();
    await page.getByText(/Đã vào sổ, số đến \d+/).waitFor();
    await picture(page, "desk-4-registered");
    const unexpected = faults.filter((fault) => !fault.startsWith("422 "));
    expect(unexpected.length === 0, unexpected.join("; "));

    await dropOne(page, shared.pdf("f45af5f7_AcroFormsBasicFields.pdf"), "AcroFormsBasicFields");
    await fill(page, { number: notation, about: `${subject} (bản fax)` });
    await page.getByText("Trùng số, ký hiệu và tác giả").waitFor();
    await page.locator(".twins").getByRole("link", { name: subject }).waitFor();
    await picture(page, "desk-5-duplicate");
    const kept = (answer) => answer.url().includes("/files/waiting/") && answer.request().method() === "DELETE";
    await Promise.all([page.waitForResponse(kept), button(page, "Bỏ tệp này").click()]);
    await page.getByRole("button", { name: "AcroFormsBasicFields" }).waitFor({ state: "detached" });
    await leave();
}

async function fifty(office) {
    const { page, faults, leave } = await person(office, "vanthu");
    await visit(office, page, "/desk");
    await page.locator(".desk-queue section").first().waitFor();
    const before = await page.locator(".desk-item[id^=file]").count();
    const waiting = (number) => page.getByRole("heading", { name: `Tệp vừa quét (${before + number})` });
    const paths = [...shared.pdfs].sort().slice(0, 50);
    // The slowest line of an office shows each file on its way.
    const line = await page.context().newCDPSession(page);
    await line.send("Network.emulateNetworkConditions", { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 2_000_000 });
    await dropFiles(page, place(page), paths);
    await page.locator(".sending li").nth(20).waitFor();
    await picture(page, "desk-6-fifty-on-their-way");
    await waiting(50).waitFor({ timeout: 120_000 });
    expect((await page.locator(".sending li").count()) === 0, "some files are still on their way");
    await line.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    await picture(page, "desk-7-fifty-there");
    await page.reload();
    await waiting(50).waitFor();

    for (let turn = 1; turn <= 3; turn += 1) {
        await page.locator(".desk-item").first().click();
        await fill(page, { number: `${turn}/KH-BNV`, about: `Kế hoạch kiểm tra số ${turn} về công tác văn thư, lưu trữ`, kind: "Kế hoạch" });
        await page.keyboard.press("Control+Enter");
        await waiting(50 - turn).waitFor();
    }
    await picture(page, "desk-8-three-registered");
    const unexpected = faults.filter((fault) => !/\/pages\/|\/content/.test(fault));
    expect(unexpected.length === 0, unexpected.join("; "));
    await leave();
}

async function enterLaws(office) {
    const { page, faults, leave } = await person(office, "vanthu");
    await visit(office, page, "/desk");
    for (const [name, title, number] of laws) {
        await dropOne(page, shared.law(name), name.replace(".txt", ""));
        await fill(page, { of: "Quốc hội", number, about: title, issued: "01/06/2020" });
        await enter(page).click();
        await page.getByRole("button", { name: name.replace(".txt", "") }).waitFor({ state: "detached" });
    }
    expect(faults.length === 0, faults.join("; "));
    await leave();
}

/** True when the walk may go on with the document the clerk has registered. */
export async function incoming(office) {
    if (!shared) {
        for (const name of ["the clerk registers a real PDF and meets its twin", "the clerk drops fifty real PDFs at once", "the clerk registers laws as text files"]) skipped(name, why_not);
        return false;
    }
    const there = await test("the clerk registers a real PDF and meets its twin; wrong input is named", () => one(office));
    await test("the clerk drops fifty real PDFs at once, with progress, and none is lost", () => fifty(office));
    await test("the clerk registers laws as text files", () => enterLaws(office));
    return there;
}
