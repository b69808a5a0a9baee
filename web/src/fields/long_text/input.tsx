import { LongTextInput } from "@/ui/inputs";
import { asText, type InputProps } from "../types";

export function Input({ field, value, onChange, ...rest }: InputProps) {
  return <LongTextInput value={asText(value)} onChange={onChange} maxLength={field.max_length || undefined} rows={2} id={rest.id} invalid={rest.invalid} disabled={rest.disabled} />;
}
