import type { ViewProps } from "./types";

/** Something kept by id: the server wrote its name as it was then. */
export function NamedView({ value, shown }: ViewProps) {
  if (shown) return <>{shown}</>;
  if (value && typeof value === "object" && "label" in value) return <>{String(value.label)}</>;
  return <>{value === null || value === undefined ? "" : `#${String(value)}`}</>;
}
