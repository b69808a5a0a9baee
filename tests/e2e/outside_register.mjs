// A register from a folder that the program has never seen, added to the office while it serves, and used in Chromium:
// its place in the menu, its list, its form with a wrong field and then a right one, its record.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { button, field } from "./acts.mjs";
import { desktop, expect, person, phone, picture, program, settled, test, visit } from "./office.mjs";

const declaration = `register: driving_order
title: {vi: Lệnh điều xe, en: Driving orders}
group: equipment
icon: car
fields:
  number: {type: text, vi: Số lệnh, en: Number}
  purpose: {type: text, required: true, search: true, max: 80, vi: Mục đích chuyến đi, en: Purpose}
  car: {type: choice, required: true, default: seven, vi: Loại xe, en: Car, choices: {seven: {vi: Xe 7 chỗ, en: Seven seats}, bus: {vi: Xe 29 chỗ, en: Bus}}}
  passengers: {type: integer, required: true, min: 1, max: 29, vi: Số người, en: Passengers}
  leaves_on: {type: date, required: true, default: today, vi: Ngày đi, en: Leaves on}
form:
  main: {vi: Chuyến đi, en: Trip, fields: [number, purpose, car, passengers, leaves_on]}
book: {field: number, pattern: "{n:03}/LĐX", per: [agency, year], at: create}
create: clerk
edit: creator
see: [creator, clerk in agency, leader in agency]
list: [number, purpose, car, passengers, leaves_on]
counters:
  away: {vi: Đang đi, en: Away, when: leaves_on <= today}
`;

const asked = (page, path) => page.evaluate(async (where) => { const answer = await fetch(where); return { status: answer.status, body: await answer.json() }; }, path);

/** As an administrator does, at the server, while it serves. */
function add(office) {
    const folder = join(office.folder, "elsewhere", "driving_order");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "register.yaml"), declaration);
    writeFileSync(join(folder, "samples.yaml"), "- {purpose: Đi cơ sở, passengers: 4, leaves_on: 2026-08-20}\n");
    writeFileSync(join(folder, "README.md"), "# Lệnh điều xe\n\nMỗi chuyến xe một lệnh.\n");
    for (const words of [["register", "check", folder], ["register", "add", folder, "--data", office.data]]) {
        const done = spawnSync(program, words, { encoding: "utf8" });
        expect(done.status === 0, `${words[1]}: ${done.stderr}`);
    }
}

/** The server looks for what was published every few seconds; asking again is all a page can do. */
async function taken(page) {
    for (let times = 0; times < 60; times += 1) {
        if ((await asked(page, "/api/registers/driving_order")).status === 200) return;
        await page.waitForTimeout(500);
    }
    throw new Error("the server has not taken the register in half a minute");
}

async function used(office) {
    add(office);
    const { page, faults, leave } = await person(office, "vanthu");
    await taken(page);
    // Until the server had taken it, it was answered with 404, as it should be.
    faults.length = 0;
    await page.reload();
    await page.locator(".menu").getByText("Lệnh điều xe", { exact: true }).click();
    await page.waitForURL(/\/registers\/driving_order/);
    await settled(page);
    await picture(page, "outside-list-empty-desktop");

    await button(page, "Tạo mới").click();
    await field(page, "Mục đích chuyến đi").fill("Khảo sát tuyến đường mới");
    await field(page, "Số người").fill("40");
    await button(page, "Lưu").click();
    await page.getByText("“Số người” không được lớn hơn 29.").first().waitFor();
    await picture(page, "outside-form-refused-desktop");
    const refused = faults.splice(0);
    expect(refused.every((each) => each === "422 /api/registers/driving_order/records"), refused.join("; "));
    await field(page, "Số người").fill("5");
    await field(page, "Số người").press("Tab");
    await page.locator(".field", { hasText: "Số người" }).getByText("không được lớn hơn").waitFor({ state: "detached" });
    // The sign of the first try may still be in the button.
    await page.getByRole("button", { name: /^(loading )?Lưu$/ }).click();
    await page.waitForURL(/\/records\/\d+/);
    await settled(page);
    await page.getByText("Khảo sát tuyến đường mới").first().waitFor();
    await picture(page, "outside-record-desktop");

    const record = `/api/records/${page.url().match(/records\/(\d+)/)[1]}`;
    const { body } = await asked(page, record);
    expect(body.values.number === "001/LĐX" && body.values.passengers === 5, JSON.stringify(body.values));
    await page.setViewportSize(phone);
    await visit(office, page, "/registers/driving_order");
    await page.getByText("Khảo sát tuyến đường mới").first().waitFor();
    await picture(page, "outside-list-phone");
    expect(faults.length === 0, faults.join("; "));
    await leave();

    const outsider = await person(office, "vanthu.tchc", desktop);
    const hidden = await asked(outsider.page, record);
    expect(hidden.status === 404, `another agency got ${hidden.status}`);
    await outsider.leave();
}

export const outside = (office) => test("a register from a folder outside the program is added while it serves, and used", () => used(office));
