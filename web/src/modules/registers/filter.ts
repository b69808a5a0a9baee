import type { Field, Value } from "@/api/types";

/** Names in a list's address that are not fields. */
const reserved = new Set(["queue", "counter", "on", "filter", "q", "state", "order", "saved", "after", "limit"]);

/** Field → wanted value, out of an address. */
export function fieldFilters(parameters: URLSearchParams, fields: Field[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of parameters) if (!reserved.has(name) && value && fields.some((field) => field.code === name)) found[name] = value;
  return found;
}

/** A text inside an expression. */
export function quoted(text: string): string {
  return `"${text.replace(/\\/g, "\\\\").replace(/"/g, '\\"')}"`;
}

const numbers = new Set(["integer", "decimal", "money", "person", "post", "unit", "agency", "record", "file"]);

/** What is filtered by now, as an expression of the register's language; a saved filter holds it. */
export function expressionOf(filters: Record<string, string>, state: string | null, fields: Field[], base?: string): string {
  const parts = base ? [`(${base})`] : [];
  if (state) parts.push(`state == ${quoted(state)}`);
  for (const [code, value] of Object.entries(filters)) {
    const type = fields.find((field) => field.code === code)?.type ?? "text";
    if (type === "yes_no") parts.push(value === "true" ? code : `!${code}`);
    else if (type === "date") parts.push(`${code} == date(${quoted(value)})`);
    else parts.push(`${code} == ${numbers.has(type) ? value : quoted(value)}`);
  }
  return parts.join(" && ");
}

/** A field's value as it stands in an address; null: not filtered. */
export function parameterOf(value: Value): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "object" && !Array.isArray(value) && "id" in value) return String(value.id);
  return String(value);
}

/** And back, for the input that shows it. */
export function valueOf(field: Field, parameter: string | undefined): Value {
  if (parameter === undefined) return null;
  if (field.type === "yes_no") return parameter === "true";
  if (field.type === "integer" || ["person", "post", "unit", "agency", "record"].includes(field.type)) return Number(parameter);
  return parameter;
}
