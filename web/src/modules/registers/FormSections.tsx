import { useClearance } from "@/api/session";
import type { Field, RecordView, Register, Values } from "@/api/types";
import { holds } from "@/base/condition";
import { FieldInput, FieldView, kinds } from "@/fields";
import { isEmpty } from "@/fields/types";
import "./registers.css";
import { t } from "@/texts";
import { FieldBox } from "@/ui/FieldBox";
import type { RecordForm } from "./useRecordForm";

/** The declared sections; fields in no section stand in a last one, so that none is lost. */
export function sectionsOf(register: Register): { code: string; label: string; columns: number; fields: Field[] }[] {
  const byCode = new Map(register.fields.map((field) => [field.code, field]));
  const placed = new Set(register.form.flatMap((section) => section.fields));
  const sections = register.form.map((section) => ({
    code: section.code,
    label: section.label,
    columns: section.columns ?? 2,
    fields: section.fields.flatMap((code) => byCode.get(code) ?? []),
  }));
  const rest = register.fields.filter((field) => !placed.has(field.code));
  if (rest.length > 0) sections.push({ code: "rest", label: register.form.length ? t("record.other_fields") : register.title, columns: 2, fields: rest });
  return sections.filter((section) => section.fields.length > 0);
}

/** The book gives its number; nobody types it. */
const isNumber = (register: Register, field: Field) => register.book?.field === field.code;

/** How secret the chosen is, in the order of the list secrecies; 0 where nothing is said. */
const secrecyOf = (register: Register, values: Values) => register.fields.find((field) => field.code === "secrecy")?.choices?.findIndex((choice) => choice.code === values.secrecy) ?? 0;

const isShown = (field: Field, values: Values) => !field.visible_when || holds(field.visible_when, values) !== false;

const isWide = (field: Field) => kinds[field.type]?.wide || (field.type === "text" && (field.max_length ?? 0) > 120);

interface FormProps {
  register: Register;
  form: RecordForm;
  shown?: Record<string, string>;
  /** The record's, the first one while there is none: it says which fields may be typed in. */
  state?: string;
  columns?: number;
}

export function FormSections({ register, form, shown, state, columns }: FormProps) {
  const now = state ?? register.states.find((each) => each.kind === "initial")?.code ?? "";
  const clearance = useClearance();
  return (
    <>
      {secrecyOf(register, form.filled) > clearance && (
        <div className="warn" role="status">
          {t("record.above_clearance")}
        </div>
      )}
      {sectionsOf(register).map((section) => (
        <fieldset key={section.code}>
          <legend>{section.label}</legend>
          <div className="form-grid" style={{ "--columns": columns ?? section.columns } as React.CSSProperties}>
            {section.fields.filter((field) => isShown(field, form.filled)).map((field) => (
              <FieldBox key={field.code} label={field.label} required={field.required} help={field.help} error={form.errors[field.code]} wide={isWide(field)}>
                {(id) =>
                  isNumber(register, field) ? (
                    <output id={id} className="given number">{shown?.[field.code] ?? (form.answer?.next_number != null ? t("record.next_number", { number: form.answer.next_number }) : "")}</output>
                  ) : (
                    <FieldInput
                      field={field}
                      id={id}
                      value={form.filled[field.code]}
                      shown={shown?.[field.code] ?? form.answer?.shown?.[field.code]}
                      onChange={(value) => form.set(field.code, value)}
                      invalid={Boolean(form.errors[field.code])}
                      disabled={field.changed_in && !field.changed_in.includes(now)}
                    />
                  )
                }
              </FieldBox>
            ))}
          </div>
        </fieldset>
      ))}
    </>
  );
}

/** The same sections for reading; what is empty is left out. */
export function ReadSections({ register, record }: { register: Register; record: RecordView }) {
  return (
    <>
      {sectionsOf(register).map((section) => {
        const filled = section.fields.filter((field) => !isEmpty(record.values[field.code]) || record.shown[field.code]);
        if (filled.length === 0) return null;
        return (
          <section key={section.code} style={{ marginBottom: 14 }}>
            <h3 style={{ paddingBottom: 6 }}>{section.label}</h3>
            <dl className="facts">
              {filled.map((field) => (
                <div key={field.code} style={{ display: "contents" }}>
                  <dt>{field.label}</dt>
                  <dd>
                    <FieldView field={field} value={record.values[field.code]} shown={record.shown[field.code]} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
    </>
  );
}
