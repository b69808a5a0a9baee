import { t } from "@/texts";
import { SelectInput } from "@/ui/SelectInput";
import type { InputProps } from "../types";

/** Three states: yes, no and not said. */
export function Input({ field, value, onChange, id, invalid, disabled }: InputProps) {
  const options = [{ value: "yes", label: t("ui.yes") }, { value: "no", label: t("ui.no") }];
  return <SelectInput id={id} value={value === true ? "yes" : value === false ? "no" : null} onChange={(chosen) => onChange(chosen === null ? null : chosen === "yes")} options={options} clear={!field.required} invalid={invalid} disabled={disabled} />;
}
