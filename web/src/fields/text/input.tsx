import { TextInput } from "@/ui/inputs";
import { asText, type InputProps } from "../types";

export function Input({ field, value, onChange, ...rest }: InputProps) {
  return <TextInput value={asText(value)} onChange={onChange} maxLength={field.max_length || undefined} id={rest.id} invalid={rest.invalid} disabled={rest.disabled} />;
}
