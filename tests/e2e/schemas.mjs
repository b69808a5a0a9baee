// Holds what the server answers against api/openapi.json, so that the schemas, and with them the web's types, stay true.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const { paths, components } = JSON.parse(readFileSync(join(new URL("../..", import.meta.url).pathname, "api/openapi.json"), "utf8"));

/** The pattern with the most words of its own wins: /units/{unit}/posts before /units/{unit}. */
const patterns = Object.keys(paths)
    .map((pattern) => ({ pattern, fits: new RegExp(`^${pattern.replace(/\{[^}]+\}/g, "[^/]+")}$`), free: (pattern.match(/\{/g) ?? []).length }))
    .sort((one, other) => one.free - other.free);

const kinds = {
    string: (value) => typeof value === "string",
    integer: Number.isInteger,
    number: (value) => typeof value === "number",
    boolean: (value) => typeof value === "boolean",
    array: Array.isArray,
    object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

function differences(schema, value, at, found) {
    if (found.length > 3) return;
    if (schema.$ref) return differences(components.schemas[schema.$ref.split("/").pop()], value, at, found);
    if (schema.type && !kinds[schema.type](value)) return found.push(`${at} is no ${schema.type}: ${JSON.stringify(value)?.slice(0, 60)}`);
    if (schema.enum && !schema.enum.includes(value)) return found.push(`${at} is none of ${schema.enum.join(", ")}: ${value}`);
    if (schema.type === "array") return value.forEach((each, index) => differences(schema.items ?? {}, each, `${at}[${index}]`, found));
    if (schema.type !== "object") return;
    for (const name of schema.required ?? []) if (!(name in value)) found.push(`${at}.${name} is missing`);
    for (const [name, member] of Object.entries(value)) {
        const of = schema.properties?.[name] ?? (typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined);
        if (of) differences(of, member, `${at}.${name}`, found);
        else if (schema.additionalProperties === false) found.push(`${at}.${name} is not in the schema`);
    }
}

/** What an answer has that its schema has not, or the other way round: "" when they agree, or when no schema is known. */
export function unlike(method, path, status, body) {
    const operation = paths[patterns.find(({ fits }) => fits.test(path))?.pattern]?.[method.toLowerCase()];
    const answer = status < 300 ? operation?.responses[status] : operation?.responses.default;
    const schema = answer?.content?.["application/json"]?.schema;
    if (!schema) return "";
    const found = [];
    differences(schema, body, "$", found);
    return found.length === 0 ? "" : `${method} ${path} answers otherwise than api/openapi.json says: ${found.join("; ")}`;
}
