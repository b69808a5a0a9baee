// Adds up what the first screen fetches, compressed as it is served, and refuses more than is allowed.
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const limit = 450 * 1024;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

const size = (name) => {
  const bytes = readFileSync(new URL(name, dist));
  if (/\.(woff2|png)$/.test(name)) return bytes.length;
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
};

/** A chunk with all it imports before it can run. */
function closure(key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const css of chunk.css ?? []) found.add(css);
  for (const next of chunk.imports ?? []) closure(next, found);
  return found;
}

const fonts = readdirSync(new URL("assets/", dist)).filter((name) => name.endsWith(".woff2")).map((name) => `assets/${name}`);
const first = new Set(["index.html", ...closure("index.html"), ...closure("src/modules/inbox/Preview.tsx"), ...fonts]);
let total = 0;
for (const name of first) total += size(name);
console.log(`first screen (frame, inbox, preview, fonts): ${(total / 1024).toFixed(1)} KB of ${limit / 1024} KB, ${first.size} files`);
// The server serves what is in dist; the list of chunks is for us only.
rmSync(new URL(".vite", dist), { recursive: true });
if (total > limit) process.exit(1);
