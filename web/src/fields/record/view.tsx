import { Link } from "react-router-dom";
import type { ViewProps } from "../types";

export function View({ value, shown }: ViewProps) {
  if (value === null || value === undefined || value === "") return <>{shown}</>;
  return <Link to={`/records/${String(value)}`}>{shown || `#${String(value)}`}</Link>;
}
