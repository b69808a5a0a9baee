import type { ReservedNumber } from "@/api/types";
import { t } from "@/texts";
import { FieldBox } from "@/ui/FieldBox";
import { SelectInput } from "@/ui/SelectInput";

interface Props {
  /** The numbers set aside in the book; nothing is shown where there are none. */
  reserved?: ReservedNumber[];
  /** The number that comes when none of them is taken. */
  next: string | number;
  value: number | null;
  onChange: (number: number | null) => void;
  error?: string;
}

/** Takes a number that was set aside in the book, with the reason it waits for, instead of the next one. */
export function NumberChoice({ reserved, next, value, onChange, error }: Props) {
  if (!reserved?.length) return null;
  const options = [{ value: "", label: t("numbers.next", { number: next }) }, ...reserved.map((each) => ({ value: String(each.number), label: t("numbers.reserved", { number: each.shown, reason: each.reason }) }))];
  const gone = value !== null && !reserved.some((each) => each.number === value);
  return (
    <FieldBox label={t("numbers.choose")} error={error} help={t("numbers.help")}>
      {(id) => <SelectInput id={id} value={gone || value === null ? "" : String(value)} onChange={(chosen) => onChange(chosen ? Number(chosen) : null)} options={options} clear={false} invalid={Boolean(error)} />}
    </FieldBox>
  );
}

/** What an act is told of the number: one that is still set aside, or nothing. */
export const numberOf = (reserved: ReservedNumber[] | undefined, value: number | null) => (reserved?.some((each) => each.number === value) ? { number: value } : {});
