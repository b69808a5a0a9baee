import { useGet } from "@/api/hooks";
import type { Choice, Field } from "@/api/types";
import type { Option } from "@/ui/SelectInput";

/** The choices written in the declaration, else the shared list's. */
export function useChoices(field: Field): { options: Option[]; loading: boolean } {
  const own = field.choices?.length ? field.choices : undefined;
  const list = useGet<Choice[]>(!own && field.choices_of ? `/choices/${field.choices_of}` : null);
  const options = (own ?? list.data ?? []).map((choice) => ({ value: choice.code, label: choice.label, detail: choice.abbreviation ?? undefined }));
  return { options, loading: list.loading };
}

export const labelOf = (options: Option[], code: unknown) => options.find((option) => option.value === code)?.label ?? (code === null || code === undefined ? "" : String(code));
