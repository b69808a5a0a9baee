import { Link } from "react-router-dom";
import type { Count } from "@/api/types";
import { showCount } from "@/base/numbers";

/** Every count leads to the rows it counts. */
export function CountLink({ count, to, label }: { count: Count; to: string; label: string }) {
  return (
    <Link to={to} aria-label={`${label}: ${showCount(count)}`} className="number">
      {showCount(count)}
    </Link>
  );
}
