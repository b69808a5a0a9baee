import { readInteger } from "@/base/numbers";
import { ReadInput } from "@/ui/inputs";
import type { InputProps } from "../types";

export function Input({ value, onChange, id, invalid, disabled }: InputProps) {
  return <ReadInput<number> value={typeof value === "number" ? value : null} onChange={onChange} read={readInteger} show={(number) => (number === null || number === undefined ? "" : String(number))} id={id} invalid={invalid} disabled={disabled} />;
}
