import { readDecimal, showDecimal } from "@/base/numbers";
import { ReadInput } from "@/ui/inputs";
import { asText, type InputProps } from "../types";

export function Input({ value, onChange, id, invalid, disabled }: InputProps) {
  return <ReadInput<string> value={asText(value) || null} onChange={onChange} read={(text) => readDecimal(text, 0)} show={showDecimal} suffix="đ" id={id} invalid={invalid} disabled={disabled} />;
}
