// The left menu of each role: what stands in it and what must not; every count is the number of rows behind its link, and the page is
// called what the menu calls it.
import { look } from "./pages.mjs";
import { desktop, expect, person, phone, picture, settled, test, visit } from "./office.mjs";

const everyone = ["Việc cần xử lý", "Phối hợp", "Để biết", "Đã xử lý", "Tìm kiếm", "Lịch làm việc", "Ủy quyền, xử lý thay", "Bàn giao công việc"];
const desk = ["Bàn tiếp nhận", "Chờ tiếp nhận", "Chờ vào sổ", "Đã vào sổ", "Trả lại", "Sổ và số"];
const administration = ["Đơn vị", "Tài khoản", "Danh mục", "Sao lưu", "Việc nền", "Thiết lập"];
const heading = ["Chờ phân công", "Đơn vị tôi", "Đã giao", "Bị trả lại"];
const handling = ["Chủ trì", "Bị trả lại"];

const roles = [
    ["vanthu", desk, [...administration, ...handling, "Cần cho ý kiến", "Chờ phân công", "Đơn vị tôi", "Nhật ký", "Trang bị", "Giao việc"]],
    ["vanthu.tchc", desk, [...administration, "Cần cho ý kiến", "Chờ phân công", "Nhật ký"]],
    ["chanhvp", [...heading, "Chờ bút phê", "Sắp đến hạn"], [...desk, ...administration, "Cần cho ý kiến", "Chủ trì", "Nhật ký"]],
    ["lanhdao", ["Cần cho ý kiến", "Đã giao", "Đã giao, quá hạn", "Quá hạn", "Chưa giao"], [...desk, ...administration, "Chờ phân công", "Đơn vị tôi", "Chủ trì", "Nhật ký"]],
    ["truong.pc", heading, [...desk, ...administration, "Cần cho ý kiến", "Chờ bút phê", "Nhật ký", "Trang bị"]],
    ["cv.pc1", handling, [...desk, ...administration, "Cần cho ý kiến", "Chờ phân công", "Đã giao", "Đơn vị tôi", "Giao việc", "Trang bị", "Nhật ký"]],
    ["so.tccb", [...handling, "Sổ bảo hiểm xã hội, thẻ bảo hiểm y tế", "Chờ cấp"], [...desk, ...administration, "Văn bản đến", "Giao việc", "Nhật ký"]],
    ["so.cntt", [...handling, "Máy tính kết nối mạng", "Đang tách mạng"], [...desk, ...administration, "Giao việc", "Nhật ký"]],
    ["banchidao", ["Nhiệm vụ cấp trên giao", "Chưa triển khai", "Chờ xác nhận"], [...desk, ...administration, "Văn bản đến", "Giao việc", "Trang bị"]],
    ["quantri", [...administration, "Nhật ký", "Xác nhận thay đổi quyền"], [...desk, ...handling, "Cần cho ý kiến", "Chờ phân công", "Văn bản đến", "Giao việc"]],
    ["kiemtoan", ["Nhật ký", "Xác nhận thay đổi quyền"], [...desk, ...administration, ...handling, "Văn bản đến", "Giao việc"]],
];

const entries = (page) =>
    page.locator(".menu a").evaluateAll((links) => links.map((link) => ({ label: link.querySelector(":scope > span:not(.menu-icon)").textContent, path: link.getAttribute("href"), count: link.querySelector(".count")?.textContent ?? "0" })));

async function menu(office, login, wanted, unwanted) {
    const { page, faults, leave } = await person(office, login, desktop);
    await page.locator(".frame-menu .menu").waitFor();
    await settled(page);
    await picture(page, `menu-${login}-desktop`);
    const found = await entries(page);
    const labels = found.map((entry) => entry.label);
    for (const label of [...everyone, ...wanted]) expect(labels.includes(label), `${login} has no “${label}”`);
    for (const label of unwanted) expect(!labels.includes(label), `${login} has “${label}”`);
    for (const entry of found.filter((each) => /^\/(inbox|registers)/.test(each.path) && each.path !== "/inbox" && each.path.includes("?"))) {
        await visit(office, page, entry.path);
        const rows = await page.locator("tbody tr").count();
        // A list shows fifty rows first.
        if (entry.path !== "/inbox?box=done") expect(rows === Math.min(50, Number(entry.count)), `${login} ${entry.path}: ${entry.count} in the menu, ${rows} rows`);
        if (entry.path.startsWith("/inbox")) {
            const title = await page.locator("h1").innerText();
            expect(title === entry.label, `${entry.path} is called “${title}”, in the menu “${entry.label}”`);
        }
        expect((await page.locator('.menu a[aria-current="page"]').getAttribute("href")) === entry.path, `${entry.path} is not marked in the menu`);
    }
    expect(faults.length === 0, faults.join("; "));
    await leave();
}

async function onPhone(office, login) {
    const { page, faults, leave } = await person(office, login, phone);
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("dialog").locator(".menu").waitFor();
    await settled(page);
    await picture(page, `menu-${login}-phone`);
    await look(page, `the menu of ${login} on a phone`);
    expect(faults.length === 0, faults.join("; "));
    await leave();
}

export async function menus(office) {
    for (const [login, wanted, unwanted] of roles) {
        await test(`${login} finds the menu of the role, and its counts are those of the lists`, () => menu(office, login, wanted, unwanted));
        await test(`${login} has the same menu on a phone`, () => onPhone(office, login));
    }
}
