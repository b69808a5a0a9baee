import { LongTextInput, TextInput } from "@/ui/inputs";
import { asText, type InputProps } from "../types";

/**
 * A subject of some lines stays one paragraph: it grows as it is typed, and a pasted line end becomes a space. What is too
 * long is told by the check and never cut off in silence.
 */
export function Input({ field, value, onChange, id, invalid, disabled }: InputProps) {
  if ((field.max_length ?? 0) > 200) return <LongTextInput value={asText(value)} onChange={(text) => onChange(text.replace(/\s*\n\s*/g, " "))} rows={1} id={id} invalid={invalid} disabled={disabled} />;
  return <TextInput value={asText(value)} onChange={onChange} id={id} invalid={invalid} disabled={disabled} />;
}
