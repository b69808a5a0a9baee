import { Link } from "react-router-dom";
import type { Warning } from "@/api/types";
import { t } from "@/texts";
import { useGet } from "@/api/hooks";
import type { RecordView } from "@/api/types";
import { StateBadge } from "@/ui/Badge";
import { WarningOutlined } from "@/ui/icons";
import "./registers.css";

/** What doesn't stop the saving but should be looked at: a duplicate with the records it is of, a date that is odd. */
export function Warnings({ warnings }: { warnings?: (Warning | string)[] }) {
  if (!warnings?.length) return null;
  return (
    <div className="warn" role="status">
      {warnings.map((warning, index) => {
        const said = typeof warning === "string" ? { message: warning } : warning;
        return (
          <div key={index}>
            <WarningOutlined aria-hidden="true" /> {said.message}
            {said.records && (
              <ul className="twins">
                {said.records.slice(0, 4).map((record) => (
                  <Twin key={record} record={record} />
                ))}
              </ul>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Number, day and title, to open and compare beside what is being typed. */
function Twin({ record }: { record: number }) {
  const { data } = useGet<RecordView>(`/records/${record}`);
  return (
    <li className="row wrap">
      <Link to={`/records/${record}`} target="_blank" rel="noreferrer">
        {data ? [data.shown.arrival_number, data.shown.issued_on, data.title].filter(Boolean).join(" · ") : t("record.number", { id: record })}
      </Link>
      {data && <StateBadge state={data.state} />}
    </li>
  );
}
