// What hands do on the pages: fields by their labels, choices from lists, files dropped. Nothing here speaks to the API.
import { readFileSync } from "node:fs";
import { basename } from "node:path";

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A field by its label, with or without the star of a required one. */
export const field = (where, label) => where.getByLabel(new RegExp(`^${escaped(label)}\\*?$`));

export const button = (where, name) => where.getByRole("button", { name, exact: true });

export const dialog = (page) => page.getByRole("dialog").last();

/** The list that is open now: closing ones stay in the page for a moment. */
const list = (page) => page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)").last();

/** Chooses from a closed list. */
export async function choose(page, where, label, option) {
    await field(where, label).click();
    await list(page).getByText(option, { exact: true }).click();
}

/** Types into a picker of posts, units and people and takes the line that names `who`. */
export async function pick(page, where, label, typed, who) {
    await field(where, label).click();
    await field(where, label).pressSequentially(typed);
    await list(page).locator(".ant-select-item-option", { hasText: who }).first().click();
    // Focus leaves the list, so that it covers nothing.
    await field(where, label).press("Tab");
}

/** A day typed as dd/MM/yyyy; Tab leaves the field. */
export async function typeDay(where, label, text) {
    await field(where, label).fill(text);
    await field(where, label).press("Tab");
}

/** Files dragged from a folder and let go over the place. */
export async function dropFiles(page, place, paths) {
    const sent = paths.map((path) => ({ name: basename(path), text: readFileSync(path).toString("base64") }));
    const carried = await page.evaluateHandle((files) => {
        const transfer = new DataTransfer();
        const types = { pdf: "application/pdf", txt: "text/plain" };
        for (const { name, text } of files) {
            const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            transfer.items.add(new File([bytes], name, { type: types[name.split(".").pop()] ?? "" }));
        }
        return transfer;
    }, sent);
    await place.dispatchEvent("dragover", { dataTransfer: carried });
    await place.dispatchEvent("drop", { dataTransfer: carried });
    await carried.dispose();
}

/** Through the search box at the top, as one looks for a document. */
export async function lookUp(page, words) {
    await page.locator(".frame-search input").fill(words);
    await page.locator(".frame-search input").press("Enter");
    await page.waitForURL(/\/search\?/);
}
