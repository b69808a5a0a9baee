// Real files to work with, from the folder CONGVU_SHARED_DATA names: PDFs, some broken on purpose, and laws as text. Absent: undefined.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

function find() {
    const folder = process.env.CONGVU_SHARED_DATA;
    if (!folder || !existsSync(join(folder, "pdf")) || !existsSync(join(folder, "laws"))) return undefined;
    const pdfs = [];
    for (const set of readdirSync(join(folder, "pdf"))) {
        const inside = join(folder, "pdf", set);
        if (!statSync(inside).isDirectory()) continue;
        for (const name of readdirSync(inside).sort()) if (name.endsWith(".pdf")) pdfs.push(join(inside, name));
    }
    const laws = join(folder, "laws");
    return { pdfs, pdf: (name) => pdfs.find((path) => path.endsWith(name)), law: (name) => join(laws, name), text: (name) => readFileSync(join(laws, name), "utf8") };
}

export const shared = find();
export const why_not = "the folder of real files is absent (CONGVU_SHARED_DATA)";
