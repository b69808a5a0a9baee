import { Link } from "react-router-dom";
import type { Warning } from "@/api/types";
import { t } from "@/texts";
import { useGet } from "@/api/hooks";
import type { RecordView } from "@/api/types";
import { StateBadge } from "@/ui/Badge";
import { WarningOutlined } from "@/ui/icons";

/** What doesn't stop the saving but should be looked at: a duplicate, a date that is odd. */
export function Warnings({ warnings }: { warnings?: (Warning | string)[] }) {
  if (!warnings?.length) return null;
  return (
    <div className="warn" role="status">
      {warnings.map((warning, index) => {
        const said = typeof warning === "string" ? { message: warning } : warning;
        return (
          <div key={index}>
            <WarningOutlined aria-hidden="true" /> {said.message}
            {said.records?.map((record) => <Twin key={record} record={record} />)}
          </div>
        );
      })}
    </div>
  );
}

function Twin({ record }: { record: number }) {
  const found = useGet<RecordView>(`/records/${record}`);
  return (
    <div className="row wrap" style={{ paddingLeft: 18 }}>
      <Link to={`/records/${record}`} target="_blank" rel="noreferrer">
        {found.data?.title ?? t("record.number", { id: record })}
      </Link>
      {found.data && <StateBadge state={found.data.state} />}
    </div>
  );
}
