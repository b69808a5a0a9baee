import { asText, type ViewProps } from "../types";

export function View({ value, shown }: ViewProps) {
  return <span className="number">{asText(value) || shown}</span>;
}
