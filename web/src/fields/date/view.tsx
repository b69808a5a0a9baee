import { showDay } from "@/base/dates";
import { asText, type ViewProps } from "../types";

export function View({ value, shown }: ViewProps) {
  return <span className="number">{showDay(asText(value)) || shown}</span>;
}
