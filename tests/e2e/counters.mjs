// The figures of a register as of any day: a node that went on yesterday counts today and not the day before.
import { button, choose, dialog, field, typeDay } from "./acts.mjs";
import { expectAccessible } from "./axe.mjs";
import { day, desktop, expect, person, phone, picture, settled, test, visit } from "./office.mjs";

async function figure(page, on) {
    await typeDay(page, "Số liệu đến ngày", on);
    const shown = page.getByLabel(`Số liệu đến ngày ${on}`, { exact: true });
    await shown.waitFor();
    return Number((await shown.locator("dd").first().innerText()).replaceAll(".", ""));
}

async function counted(office) {
    const { page, faults, leave } = await person(office, "so.cntt");
    await visit(office, page, "/registers/network_node");
    const before = [await figure(page, day(-2)), await figure(page, day(0))];
    const first = await figure(page, "31/12/2021");
    expect(first < before[0], `as many nodes in 2021 as now: ${first}`);
    // A click on the figure opens the records it counts, as of its day.
    await page.locator(".counters dd a").first().click();
    await page.getByText("Số đầu mối, đến ngày 31/12/2021").waitFor();
    await page.getByText(`${first} trong ${first} dòng`).waitFor();
    await picture(page, "counters-in-2021-desktop");
    await expectAccessible(page, "the figures");
    await page.getByRole("button", { name: "Tạo mới" }).click();
    await field(page, "Mã đầu mối").fill("DM-99");
    await field(page, "Tên đầu mối").fill("Đầu mối kiểm thử");
    expect(!/^#/.test(await page.locator(".field", { hasText: "Đơn vị quản lý" }).innerText()), "the unit is a number");
    await choose(page, page, "Đường truyền", "Cáp quang");
    await typeDay(page, "Ngày đưa vào", day(-1));
    await button(page, "Lưu").click();
    await page.waitForURL(/\/records\/\d+/);
    await visit(office, page, "/registers/network_node");
    const after = [await figure(page, day(-2)), await figure(page, day(0))];
    expect(after[0] === before[0] && after[1] === before[1] + 1, `${before} became ${after}`);
    expect(faults.length === 0, faults.join("; "));
    await leave();
    for (const register of ["connection_point", "computer"])
        for (const [size, viewport] of [["desktop", desktop], ["phone", phone]]) {
            const reader = await person(office, "so.cntt", viewport);
            await visit(office, reader.page, `/registers/${register}`);
            await reader.page.locator(".counters dd").first().waitFor();
            await settled(reader.page);
            await picture(reader.page, `counters-${register}-${size}`);
            await reader.leave();
        }
}

/** Two ticked at once are told the day they went off the net; the figure counts it. */
async function manyAtOnce(office) {
    const { page, faults, leave } = await person(office, "so.cntt");
    await visit(office, page, "/registers/computer?state=connected");
    const before = await figure(page, day(0));
    const boxes = page.locator("tbody").getByRole("checkbox");
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await button(page.locator(".list-strip"), "Ngắt kết nối").click();
    expect(await button(dialog(page), "Ngắt kết nối").isDisabled(), "it can be done without the day");
    await typeDay(dialog(page), "Ngày ngắt", day(0));
    await settled(page);
    await picture(page, "bulk-disconnect-desktop");
    await expectAccessible(page, "many at once");
    await button(dialog(page), "Ngắt kết nối").click();
    await dialog(page).waitFor({ state: "hidden" });
    await visit(office, page, "/registers/computer");
    const after = await figure(page, day(0));
    expect(after === before - 2, `${before} became ${after}`);
    expect(faults.length === 0, faults.join("; "));
    await leave();
}

export async function counters(office) {
    await test("figures of the network registers stand as of any day", () => counted(office));
    await test("two computers are taken off the net at once, on a day", () => manyAtOnce(office));
}
