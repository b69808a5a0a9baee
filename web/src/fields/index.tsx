import type { Field, FieldType, Value } from "@/api/types";
import { Input as TextInput } from "./text/input";
import { View as TextView } from "./text/view";
import { Input as LongTextInput } from "./long_text/input";
import { View as LongTextView } from "./long_text/view";
import { Input as IntegerInput } from "./integer/input";
import { View as IntegerView } from "./integer/view";
import { Input as DecimalInput } from "./decimal/input";
import { View as DecimalView } from "./decimal/view";
import { Input as MoneyInput } from "./money/input";
import { View as MoneyView } from "./money/view";
import { Input as DateInput } from "./date/input";
import { View as DateView } from "./date/view";
import { Input as TimeInput } from "./time/input";
import { View as TimeView } from "./time/view";
import { Input as YesNoInput } from "./yes_no/input";
import { View as YesNoView } from "./yes_no/view";
import { Input as ChoiceInput } from "./choice/input";
import { View as ChoiceView } from "./choice/view";
import { Input as ChoicesInput } from "./choices/input";
import { View as ChoicesView } from "./choices/view";
import { Input as PersonInput } from "./person/input";
import { View as PersonView } from "./person/view";
import { Input as PostInput } from "./post/input";
import { View as PostView } from "./post/view";
import { Input as UnitInput } from "./unit/input";
import { View as UnitView } from "./unit/view";
import { Input as AgencyInput } from "./agency/input";
import { View as AgencyView } from "./agency/view";
import { Input as RecordInput } from "./record/input";
import { View as RecordView } from "./record/view";
import { Input as FileInput } from "./file/input";
import { View as FileView } from "./file/view";
import { Input as ComputedInput } from "./computed/input";
import { View as ComputedView } from "./computed/view";
import type { FieldKind, InputProps } from "./types";

/** One line a type; each is a folder as in src/core/registers. */
export const kinds: Record<FieldType, FieldKind> = {
  text: { Input: TextInput, View: TextView },
  long_text: { Input: LongTextInput, View: LongTextView, wide: true },
  integer: { Input: IntegerInput, View: IntegerView },
  decimal: { Input: DecimalInput, View: DecimalView },
  money: { Input: MoneyInput, View: MoneyView },
  date: { Input: DateInput, View: DateView },
  time: { Input: TimeInput, View: TimeView },
  yes_no: { Input: YesNoInput, View: YesNoView },
  choice: { Input: ChoiceInput, View: ChoiceView },
  choices: { Input: ChoicesInput, View: ChoicesView, wide: true },
  person: { Input: PersonInput, View: PersonView },
  post: { Input: PostInput, View: PostView },
  unit: { Input: UnitInput, View: UnitView },
  agency: { Input: AgencyInput, View: AgencyView },
  record: { Input: RecordInput, View: RecordView },
  file: { Input: FileInput, View: FileView },
  computed: { Input: ComputedInput, View: ComputedView },
};

export function FieldInput(props: InputProps) {
  const { Input } = kinds[props.field.type] ?? kinds.text;
  return <Input {...props} />;
}

export function FieldView({ field, value, shown }: { field: Field; value: Value; shown?: string }) {
  const { View } = kinds[field.type] ?? kinds.text;
  return <View field={field} value={value} shown={shown} />;
}
