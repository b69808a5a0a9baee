// Words from inside files, with and without marks; and who finds nothing.
import { lookUp } from "./acts.mjs";
import { desktop, expect, person, phone, picture, skipped, test, visit } from "./office.mjs";
import { laws, notation, subject } from "./incoming.mjs";
import { shared, why_not } from "./shared.mjs";

const withoutMarks = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D");

/** Six words from the middle of a law that stand in none of the other laws. */
function phraseOf(name) {
    const others = laws.filter(([each]) => each !== name).map(([each]) => shared.text(each).toLowerCase());
    const lines = shared.text(name).split("\n");
    for (let at = Math.floor(lines.length / 2); at < lines.length; at += 1) {
        const words = lines[at].match(/[\p{L}]+(?: [\p{L}]+){5}/u)?.[0];
        if (words && !others.some((text) => text.includes(words.toLowerCase()))) return words;
    }
    throw new Error(`${name} has no phrase of its own`);
}

/** Texts are read out of files a moment after they came: asked again until it is found. */
async function findsByPhrase(page, words, title) {
    const hit = page.locator(".hits li", { hasText: title });
    for (let turn = 0; turn < 40; turn += 1) {
        await lookUp(page, words);
        await page.locator(".hits li, .search .notice").first().waitFor();
        if ((await hit.count()) > 0) return hit.first();
        await page.reload();
    }
    throw new Error(`“${words}” does not find ${title}`);
}

async function insideFiles(office) {
    const { page, faults, leave } = await person(office, "vanthu");
    for (const [name, title] of laws) {
        const words = phraseOf(name);
        const hit = await findsByPhrase(page, words, title);
        await hit.getByText("có trong tệp").waitFor();
        const plain = await findsByPhrase(page, withoutMarks(words), title);
        await plain.locator("mark").first().waitFor();
    }
    await picture(page, "search-1-inside-a-law");
    await page.locator(".hits a").first().click();
    await page.locator(".sheet").first().waitFor();
    await picture(page, "search-2-the-law");
    expect(faults.length === 0, faults.join("; "));
    await leave();
}

async function titles(office) {
    const { page, leave } = await person(office, "vanthu");
    await lookUp(page, "quan ly van ban");
    await page.locator(".hits li", { hasText: subject }).first().waitFor();
    await picture(page, "search-3-without-marks");
    await lookUp(page, notation);
    await page.locator(".hits li", { hasText: subject }).first().waitFor();
    await leave();
}

/** A clerk of another agency: not in the search, not in a list, not by the address. */
async function outsider(office) {
    const clerk = await person(office, "vanthu");
    await lookUp(clerk.page, notation);
    await clerk.page.locator(".hits li", { hasText: subject }).getByRole("link").first().click();
    await clerk.page.waitForURL(/\/records\/\d+/);
    const path = new URL(clerk.page.url()).pathname;
    await clerk.leave();
    for (const [size, viewport] of [["desktop", desktop], ["phone", phone]]) {
        const { page, leave } = await person(office, "vanthu.tchc", viewport);
        for (const words of [subject, withoutMarks(subject), notation]) {
            await visit(office, page, `/search?q=${encodeURIComponent(words)}`);
            await page.getByRole("heading", { name: "Không tìm thấy" }).first().waitFor();
            expect((await page.locator(".hits li", { hasText: subject }).count()) === 0, `another agency finds it by ${words}`);
        }
        await picture(page, `search-4-another-agency-${size}`);
        await visit(office, page, path);
        expect(!(await page.locator("body").innerText()).includes(subject), "another agency reads it by its address");
        await picture(page, `search-5-another-agency-address-${size}`);
        await leave();
    }
}

export async function search(office, there) {
    const cases = [["a document is found without marks and by its notation", titles], ["laws are found by a phrase from inside, with and without marks", insideFiles], ["another agency finds nothing of it", outsider]];
    for (const [name, run] of cases) {
        if (there) await test(name, () => run(office));
        else skipped(name, shared ? "the document was not registered" : why_not);
    }
}
