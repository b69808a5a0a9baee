import type { ViewProps } from "../types";
import { labelOf, useChoices } from "./options";

export function View({ field, value, shown }: ViewProps) {
  const { options } = useChoices(shown ? { ...field, choices: field.choices ?? [], choices_of: undefined } : field);
  return <>{shown || labelOf(options, value)}</>;
}
