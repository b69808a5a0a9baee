import { downloadOf } from "@/api/files";
import type { ViewProps } from "../types";

export function View({ value, shown }: ViewProps) {
  if (value === null || value === undefined || value === "") return <>{shown}</>;
  return <a href={downloadOf(Number(value))}>{shown || `#${String(value)}`}</a>;
}
