import { Link } from "react-router-dom";
import type { Count } from "@/api/types";
import { showCount } from "@/base/numbers";

/** Every count leads to the rows it counts. */
export function CountLink({ count, to, label, shown }: { count: Count; to: string; label: string; shown?: string }) {
  return (
    <Link to={to} aria-label={`${label}: ${shown ?? showCount(count)}`} className="number">
      {shown ?? showCount(count)}
    </Link>
  );
}
