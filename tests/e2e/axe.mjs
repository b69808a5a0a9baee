// What axe finds wrong with the page as it stands: nothing serious or critical is let through.
import { readFileSync } from "node:fs";
import { expect, fromWeb } from "./office.mjs";

const source = readFileSync(fromWeb.resolve("axe-core/axe.min.js"), "utf8");

// The component library keeps an empty list without a name inside an open picker, for as long as it closes.
export async function faultsOf(page) {
    // Evaluated, not added as a script: the content policy of the page forbids inline scripts.
    await page.evaluate(source);
    const found = await page.evaluate(() => window.axe.run({ exclude: [["[role=listbox][id$=_list]"]] }, { resultTypes: ["violations"] }));
    return found.violations
        .filter((each) => each.impact === "serious" || each.impact === "critical")
        .map((each) => `${each.id} (${each.impact}) at ${each.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
}

export async function expectAccessible(page, where) {
    const faults = await faultsOf(page);
    expect(faults.length === 0, `${where}: ${faults.join("; ")}`);
}
