import { labelOf, useChoices } from "../choice/options";
import type { ViewProps } from "../types";

export function View({ field, value, shown }: ViewProps) {
  const { options } = useChoices(field);
  return <>{shown || (Array.isArray(value) ? value.map((code) => labelOf(options, code)).join(", ") : "")}</>;
}
