import { readDecimal, showDecimal } from "@/base/numbers";
import { ReadInput } from "@/ui/inputs";
import { asText, type InputProps } from "../types";

/** Decimals are strings from the server to the screen: 97,12 is never a floating number. */
export function Input({ field, value, onChange, id, invalid, disabled }: InputProps) {
  return <ReadInput<string> value={asText(value) || null} onChange={onChange} read={(text) => readDecimal(text, field.scale ?? 20)} show={showDecimal} id={id} invalid={invalid} disabled={disabled} />;
}
