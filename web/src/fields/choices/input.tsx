import { SelectManyInput } from "@/ui/SelectInput";
import { useChoices } from "../choice/options";
import type { InputProps } from "../types";

export function Input({ field, value, onChange, id, invalid, disabled }: InputProps) {
  const { options, loading } = useChoices(field);
  return <SelectManyInput id={id} value={Array.isArray(value) ? value.map(String) : []} onChange={onChange} options={options} loading={loading} invalid={invalid} disabled={disabled} />;
}
