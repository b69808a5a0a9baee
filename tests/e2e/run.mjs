// The office in Chromium: a sample ministry is made, served and walked through as its people do, by clicks and keys. Pictures of every
// step at both sizes stay in out/results/pictures. Prints "  ok NAME", "  FAILED NAME: why" or "  skipped NAME: why".
//   node tests/e2e/run.mjs [--manual] [menus|pages|dialogs|keyboard|counters|outside|waiting|session|walk …]      --manual: the manual's pictures are made anew
import { counters } from "./counters.mjs";
import { dialogs } from "./dialogs.mjs";
import { incoming } from "./incoming.mjs";
import { keyboard } from "./keyboard.mjs";
import { failures, serve, test } from "./office.mjs";
import { menus } from "./menus.mjs";
import { outside } from "./outside_register.mjs";
import { pages } from "./pages.mjs";
import { search } from "./search.mjs";
import { session } from "./session.mjs";
import { waiting } from "./waiting.mjs";
import { walk } from "./walk.mjs";

async function wholeWalk(office) {
    const there = await incoming(office);
    await walk(office, there);
    await search(office, there);
}

const parts = { menus, pages, dialogs, keyboard, counters, outside, waiting, session, walk: wholeWalk };
const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
let office;
await test("the sample ministry is made and served", async () => {
    office = await serve();
});
if (office) {
    for (const [name, part] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await part(office);
    await office.end();
}
process.exit(failures() === 0 ? 0 : 1);
