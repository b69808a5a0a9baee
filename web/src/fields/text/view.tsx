import { asText, type ViewProps } from "../types";

export function View({ value, shown }: ViewProps) {
  return <>{asText(value) || shown}</>;
}
