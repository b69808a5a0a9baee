import type { Field, FieldType, Register, Row } from "@/api/types";
import { showInstant } from "@/base/dates";
import { t } from "@/texts";
import { Due, StateBadge, UrgencyBadge } from "@/ui/Badge";
import type { Column } from "@/ui/DataList";
import { FieldView } from "@/fields";

const numeric = new Set(["integer", "decimal", "money"]);
const isNumber = (field: Field) => numeric.has(field.type) || (field.type === "computed" && numeric.has(field.computed_type ?? ""));

export const holderOf = (row: Row): string => row.holder ?? "";

const widths: Partial<Record<FieldType, number>> = { integer: 64, decimal: 78, money: 118, date: 88, time: 60, yes_no: 68, choice: 88, choices: 120, person: 112, post: 120, unit: 116, agency: 116, record: 150, file: 120, long_text: 200 };

/** A text takes room for what it may hold: a number of the book little, a notation or a card's number more, an author most. */
function widthOf(register: Register, field: Field): number {
  if (field.code === register.book?.field) return (register.book.pattern ?? "").length > 8 ? 98 : 58;
  if (field.type === "text") return (field.max_length ?? 200) <= 12 ? 84 : (field.max_length ?? 200) <= 60 ? 112 : 110;
  // A heading of several words breaks between them only where the column has room for the longest.
  if (field.type === "integer" && field.label.length > 12) return 84;
  if (field.type === "computed") return widths[(field.computed_type ?? "text") as FieldType] ?? 120;
  return widths[field.type] ?? 120;
}

function fieldColumn(register: Register, field: Field, optional: boolean): Column<Row> {
  return {
    code: field.code,
    label: field.label,
    width: field.code === "due" ? 88 : field.code === "urgency" ? 92 : widthOf(register, field),
    right: isNumber(field) && field.code !== register.book?.field,
    nowrap: isNumber(field) || field.type === "date" || field.type === "time",
    order: field.type === "choices" || field.type === "file" || field.type === "long_text" ? undefined : field.code,
    optional,
    render: (row) => {
      const value = row.values[field.code];
      const shown = row.shown[field.code];
      if (field.code === "due") return <Due due={row.due ?? (value as string)} state={row.due_state} />;
      if (field.code === "urgency" && value) return <UrgencyBadge urgency={{ code: String(value), label: shown ?? String(value) }} />;
      if (field.type === "record") return shown;
      return <FieldView field={field} value={value} shown={shown} />;
    },
  };
}

/** The columns a declaration lists, then every other field for whoever chooses it. */
export function registerColumns(register: Register): Column<Row>[] {
  const special: Record<string, Column<Row>> = {
    state: { code: "state", label: t("record.state"), width: 114, render: (row) => <StateBadge state={row.state} /> },
    title: { code: "title", label: t("record.title"), render: (row) => row.title },
    holder: { code: "holder", label: t("record.holder"), width: 96, render: holderOf },
    due: { code: "due", label: t("record.due"), width: 88, render: (row) => <Due due={row.due} state={row.due_state} /> },
    created_at: { code: "created_at", label: t("record.created_at"), order: "created_at", width: 128, nowrap: true, render: (row) => <span className="number">{showInstant(row.created_at)}</span> },
    updated_at: { code: "updated_at", label: t("record.updated_at"), width: 128, nowrap: true, render: (row) => <span className="number">{showInstant(row.updated_at)}</span> },
  };
  const fields = new Map(register.fields.map((field) => [field.code, field]));
  const listed = register.list.flatMap((code) => {
    const field = fields.get(code);
    return field ? [fieldColumn(register, field, false)] : special[code] ? [special[code]] : [];
  });
  const wide = linkedColumn(register);
  for (const column of listed) if (column.code === wide) column.width = undefined;
  const have = new Set(listed.map((column) => column.code));
  if (!have.has("state")) listed.push(special.state!);
  have.add("state");
  const others = register.fields.filter((field) => !have.has(field.code)).map((field) => fieldColumn(register, field, true));
  const rest = ["holder", "due", "created_at", "updated_at"].filter((code) => !have.has(code) && !fields.has(code)).map((code) => ({ ...special[code]!, optional: true }));
  return [...listed, ...others, ...rest];
}

/** The longest text of the list carries the link, a required one first; else the first column. */
export function linkedColumn(register: Register): string {
  const weight = (field: Field) => (field.required ? 1_000_000 : 0) + (field.max_length ?? 500);
  const texts = register.fields.filter((field) => register.list.includes(field.code) && (field.type === "text" || field.type === "long_text"));
  const longest = texts.sort((one, other) => weight(other) - weight(one))[0];
  return longest?.code ?? register.list[0] ?? "title";
}
