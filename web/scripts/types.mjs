// The types of api/openapi.json as TypeScript: one interface for each of its schemas.
//   node scripts/types.mjs [--check]      writes src/api/schema.ts; --check only compares
import { readFileSync, writeFileSync } from "node:fs";

const at = (path) => new URL(`../${path}`, import.meta.url);
const { schemas } = JSON.parse(readFileSync(at("../api/openapi.json"), "utf8")).components;

const formats = { date: "Day", "date-time": "Instant" };

function typeOf(schema) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(" | ");
  switch (schema.type) {
    case "string":
      return formats[schema.format] ?? "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "array": {
      const item = typeOf(schema.items ?? {});
      return item.includes("|") ? `(${item})[]` : `${item}[]`;
    }
    case "object":
      if (schema.properties) return `{ ${members(schema).join("; ")} }`;
      return `Record<string, ${typeof schema.additionalProperties === "object" ? typeOf(schema.additionalProperties) : "unknown"}>`;
    default:
      return "unknown";
  }
}

function members({ properties, required = [] }) {
  return Object.entries(properties).map(([name, schema]) => `${name}${required.includes(name) ? "" : "?"}: ${typeOf(schema)}`);
}

const text = [
  "// Written by ./dev gen from api/openapi.json, which the program prints: not by hand.",
  "",
  '/** "2026-08-25" */',
  "export type Day = string;",
  '/** "2026-08-25T02:30:00.000Z" */',
  "export type Instant = string;",
  "",
  ...Object.entries(schemas).map(([name, schema]) =>
    schema.properties ? `export interface ${name} {\n${members(schema).map((each) => `  ${each};`).join("\n")}\n}\n` : `export type ${name} = ${typeOf(schema)};\n`,
  ),
].join("\n");

const file = at("src/api/schema.ts");
if (process.argv.includes("--check")) {
  let written = "";
  try {
    written = readFileSync(file, "utf8");
  } catch {
    // Not there: it differs.
  }
  if (written !== text) {
    console.log("web/src/api/schema.ts differs from api/openapi.json: ./dev gen");
    process.exit(1);
  }
} else {
  writeFileSync(file, text);
}
