import { asText, type ViewProps } from "../types";

export function View({ value, shown }: ViewProps) {
  return <div className="pre">{asText(value) || shown}</div>;
}
