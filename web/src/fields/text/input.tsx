import { LongTextInput, TextInput } from "@/ui/inputs";
import { asText, type InputProps } from "../types";

/** A subject of some lines stays one paragraph: it grows as it is typed, and a pasted line end becomes a space. */
export function Input({ field, value, onChange, id, invalid, disabled }: InputProps) {
  const most = field.max_length || undefined;
  if ((most ?? 0) > 200) return <LongTextInput value={asText(value)} onChange={(text) => onChange(text.replace(/\s*\n\s*/g, " "))} maxLength={most} rows={1} id={id} invalid={invalid} disabled={disabled} />;
  return <TextInput value={asText(value)} onChange={onChange} maxLength={most} id={id} invalid={invalid} disabled={disabled} />;
}
