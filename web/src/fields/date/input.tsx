import { DateInput } from "@/ui/DateInput";
import { asText, type InputProps } from "../types";

export function Input({ value, onChange, id, invalid, disabled }: InputProps) {
  return <DateInput value={asText(value) || null} onChange={onChange} onWrong={onChange} id={id} invalid={invalid} disabled={disabled} />;
}
