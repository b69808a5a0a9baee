import { showInteger } from "@/base/numbers";
import type { ViewProps } from "../types";

export function View({ value, shown }: ViewProps) {
  return <span className="number">{typeof value === "number" || typeof value === "string" ? showInteger(value) : shown}</span>;
}
