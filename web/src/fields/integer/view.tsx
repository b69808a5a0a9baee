import type { ViewProps } from "../types";

/** As the server writes it: a number of a book and a year are never grouped. */
export function View({ value, shown }: ViewProps) {
  return <span className="number">{shown || (value === null || value === undefined ? "" : String(value))}</span>;
}
