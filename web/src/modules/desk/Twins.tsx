import { Link } from "react-router-dom";
import { withQuery } from "@/api/client";
import { useGet } from "@/api/hooks";
import type { Id, Page, Row, Values } from "@/api/types";
import { StateBadge } from "@/ui/Badge";

/** The documents that bear the same notation and author: what a duplicate warning speaks of, to open and compare. */
export function Twins({ register, values, but }: { register: string; values: Values; but?: Id }) {
  const { notation, sender } = values;
  const found = useGet<Page<Row>>(notation && sender ? withQuery(`/registers/${register}/records`, { notation: String(notation), sender: String(sender), limit: 4 }) : null);
  const twins = (found.data?.items ?? []).filter((row) => row.id !== but);
  if (twins.length === 0) return null;
  return (
    <ul className="twins">
      {twins.map((row) => (
        <li key={row.id} className="row wrap">
          <Link to={`/records/${row.id}`} target="_blank" rel="noreferrer">
            {[row.shown.arrival_number, row.shown.issued_on, row.title].filter(Boolean).join(" · ")}
          </Link>
          <StateBadge state={row.state} />
        </li>
      ))}
    </ul>
  );
}
