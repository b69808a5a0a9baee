import type { ApiError } from "@/api/error";
import type { Field, Need, Values } from "@/api/types";
import { FieldInput } from "@/fields";
import { isEmpty } from "@/fields/types";
import { DateInput } from "@/ui/DateInput";
import { FieldBox } from "@/ui/FieldBox";
import { LongTextInput } from "@/ui/inputs";

/** What an act is told: the fields it needs, and words such as a reason. */
export interface Given {
  values: Values;
  words: Record<string, string>;
}

const fieldsOf = (needs: Need[], fields: Field[]) => needs.flatMap((need) => fields.find((field) => field.code === need.code) ?? []);
const wordsOf = (needs: Need[], fields: Field[]) => needs.filter((need) => !fields.some((field) => field.code === need.code));

/** What stands in the record already is offered. */
export const givenAtFirst = (needs: Need[], fields: Field[], values: Values): Given => ({
  values: Object.fromEntries(fieldsOf(needs, fields).map((field) => [field.code, values[field.code] ?? null])),
  words: {},
});

export const isMissing = (needs: Need[], fields: Field[], given: Given): boolean =>
  wordsOf(needs, fields).some((word) => !given.words[word.code]?.trim()) || fieldsOf(needs, fields).some((field) => isEmpty(given.values[field.code]));

interface Props {
  needs: Need[];
  fields: Field[];
  given: Given;
  shown?: Record<string, string>;
  onChange: (given: Given) => void;
  error?: ApiError;
}

export function ActNeeds({ needs, fields, given, shown, onChange, error }: Props) {
  const faults = error?.fields ?? {};
  const say = (code: string, text: string) => onChange({ ...given, words: { ...given.words, [code]: text } });
  return (
    <>
      {fieldsOf(needs, fields).map((field) => (
        <FieldBox key={field.code} label={field.label} required error={faults[field.code]} help={field.help}>
          {(id) => <FieldInput id={id} field={field} value={given.values[field.code]} shown={shown?.[field.code]} onChange={(value) => onChange({ ...given, values: { ...given.values, [field.code]: value } })} invalid={Boolean(faults[field.code])} />}
        </FieldBox>
      ))}
      {wordsOf(needs, fields).map((word) => (
        <FieldBox key={word.code} label={word.label} required error={faults[word.code]}>
          {(id) =>
            word.code === "due" ? (
              <DateInput id={id} value={given.words.due ?? null} onChange={(due) => say("due", due ?? "")} />
            ) : (
              <LongTextInput id={id} value={given.words[word.code] ?? ""} onChange={(text) => say(word.code, text)} rows={2} autoFocus />
            )
          }
        </FieldBox>
      ))}
    </>
  );
}
