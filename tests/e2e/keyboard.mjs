// The office without a mouse: the keys of the page, and the clerk's form from the first field to the number.
import { expect, day, desktop, person, picture, settled, test, visit } from "./office.mjs";

const focused = (page) => page.evaluate(() => document.activeElement?.closest(".frame-search") !== null);

/** `/` J K X Enter ? on the leader's inbox. */
async function inbox(office) {
    const { page, faults, leave } = await person(office, "lanhdao", desktop);
    await page.locator("tbody tr").nth(2).waitFor();
    await settled(page);
    const current = () => page.locator("tbody tr").evaluateAll((rows) => rows.findIndex((row) => row.getAttribute("aria-current") === "true"));
    const at = async (index, why) => {
        await page.waitForFunction((wanted) => document.querySelectorAll("tbody tr")[wanted]?.getAttribute("aria-current") === "true", index);
        expect((await current()) === index, why);
    };
    await at(0, "nothing is current at first");
    await page.keyboard.press("j");
    await at(1, "J does not move down");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await at(1, "K does not move up");
    await page.keyboard.press("x");
    await page.getByText("Đã chọn 1").waitFor();
    await page.keyboard.press("x");
    await page.getByText("Đã chọn 1").waitFor({ state: "detached" });
    await page.keyboard.press("Shift+?");
    await page.getByRole("dialog").getByText("Phím tắt").first().waitFor();
    await picture(page, "keyboard-1-help");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("/");
    expect(await focused(page), "/ does not go to the search");
    await page.keyboard.type("jx");
    await at(1, "a letter typed in a field moved the list");
    await page.locator(".frame-search input").fill("");
    await page.keyboard.press("Tab");
    await page.locator("h1").first().click();
    const title = (await page.locator("tbody tr").nth(1).locator("a").first().innerText()).trim();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await page.goBack();
    await page.locator(".preview").waitFor();
    await settled(page);
    await page.keyboard.press("b");
    await page.getByRole("dialog").waitFor();
    const inText = await page.evaluate(() => document.activeElement?.tagName === "TEXTAREA");
    expect(inText, "B does not begin with the words");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("c");
    await page.getByRole("dialog").waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role") === "combobox"), "C does not begin with whom");
    await picture(page, "keyboard-2-forward");
    expect(faults.length === 0, faults.join("; "));
    await leave();
}

/** Tabs to the field with this label, as a clerk without a mouse. */
async function tabTo(page, label) {
    for (let step = 0; step < 60; step += 1) {
        const name = await page.evaluate(() => document.activeElement?.labels?.[0]?.innerText.replace(/\s*\*$/, "").trim());
        if (name === label) return;
        await page.keyboard.press("Tab");
    }
    throw new Error(`Tab never reaches “${label}”`);
}

/** A task from `+ Tạo` to Ctrl+Enter: sign-in, menu, fields and saving, no click. */
async function form(office) {
    const { page, faults, leave } = await person(office, "vanthu", desktop);
    await visit(office, page, "/registers/incoming");
    await page.getByRole("button", { name: "Tạo mới" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Tạo mới: Văn bản đến" }).waitFor();
    await settled(page);
    await tabTo(page, "Tác giả");
    await page.keyboard.type("Văn phòng Chính phủ");
    await tabTo(page, "Số, ký hiệu");
    await page.keyboard.type("77/TB-VPCP");
    await tabTo(page, "Ngày văn bản");
    await page.keyboard.type(day(-1));
    await tabTo(page, "Độ khẩn");
    await page.keyboard.press("ArrowDown");
    await page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)").last().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await tabTo(page, "Trích yếu");
    await page.keyboard.type("Thông báo kết luận cuộc họp, nhập bằng bàn phím");
    await picture(page, "keyboard-3-form");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Đã lưu: Thông báo kết luận cuộc họp").waitFor();
    await visit(office, page, "/registers/incoming?queue=received");
    await page.locator("tbody tr", { hasText: "nhập bằng bàn phím" }).locator(".badge", { hasText: "Khẩn" }).waitFor();
    expect(faults.length === 0, faults.join("; "));
    await leave();
}

export async function keyboard(office) {
    await test("the keys move, tick, open, search, help and instruct", () => inbox(office));
    await test("a document is entered by keyboard alone", () => form(office));
}
