import { showMoney } from "@/base/numbers";
import { asText, type ViewProps } from "../types";

export function View({ value, shown }: ViewProps) {
  return <span className="number">{showMoney(asText(value)) || shown}</span>;
}
