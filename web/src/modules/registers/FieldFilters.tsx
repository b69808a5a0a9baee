import type { Field, Register } from "@/api/types";
import { FieldInput, FieldView } from "@/fields";
import { t } from "@/texts";
import { Button, IconButton, Popover } from "@/ui/controls";
import { FieldBox } from "@/ui/FieldBox";
import { CloseOutlined, FilterOutlined } from "@/ui/icons";
import { parameterOf, valueOf } from "./filter";

const unfit = new Set(["long_text", "file", "choices", "computed", "money", "decimal"]);

interface Props {
  register: Register;
  filters: Record<string, string>;
  onChange: (code: string, value: string | null) => void;
}

/** A list narrowed by the value of a field. */
export function FieldFilters({ register, filters, onChange }: Props) {
  const fields = register.fields.filter((field) => !unfit.has(field.type));
  const content = (
    <div className="filters-pane">
      {fields.map((field) => (
        <FieldBox key={field.code} label={field.label}>
          {(id) => <FieldInput field={{ ...field, required: false }} id={id} value={valueOf(field, filters[field.code])} onChange={(value) => onChange(field.code, parameterOf(value))} />}
        </FieldBox>
      ))}
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="bottomLeft" title={t("registers.filter_title")}>
      <Button icon={<FilterOutlined />}>{t("registers.filter")}</Button>
    </Popover>
  );
}

export function FilterChips({ register, filters, onDrop }: { register: Register; filters: Record<string, string>; onDrop: (code: string) => void }) {
  const chosen = register.fields.filter((field): field is Field => field.code in filters);
  if (chosen.length === 0) return null;
  return (
    <div className="chips">
      {chosen.map((field) => (
        <span key={field.code} className="chip">
          {field.label}: <FieldView field={field} value={valueOf(field, filters[field.code])} />
          <IconButton name={t("registers.filter_drop", { field: field.label })} icon={<CloseOutlined />} size="small" onClick={() => onDrop(field.code)} />
        </span>
      ))}
    </div>
  );
}
