import { showDecimal } from "@/base/numbers";
import { asText, type ViewProps } from "../types";

export function View({ value, shown }: ViewProps) {
  return <span className="number">{showDecimal(asText(value)) || shown}</span>;
}
