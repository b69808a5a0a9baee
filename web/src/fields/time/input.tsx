import { TimeInput } from "@/ui/DateInput";
import { asText, type InputProps } from "../types";

export function Input({ value, onChange, id, invalid, disabled }: InputProps) {
  return <TimeInput value={asText(value) || null} onChange={onChange} id={id} invalid={invalid} disabled={disabled} />;
}
