import { SelectInput } from "@/ui/SelectInput";
import { asText, type InputProps } from "../types";
import { useChoices } from "./options";

export function Input({ field, value, onChange, id, invalid, disabled }: InputProps) {
  const { options, loading } = useChoices(field);
  return <SelectInput id={id} value={asText(value) || null} onChange={onChange} options={options} loading={loading} clear={!field.required} invalid={invalid} disabled={disabled} />;
}
