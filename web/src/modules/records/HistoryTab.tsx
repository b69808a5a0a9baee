import { usePages } from "@/api/hooks";
import type { HistoryEntry, Id } from "@/api/types";
import { t } from "@/texts";
import { Button } from "@/ui/controls";
import { Empty, State } from "@/ui/Panel";
import { Timeline } from "@/ui/Timeline";

export function HistoryTab({ record }: { record: Id }) {
  const history = usePages<HistoryEntry>(`/records/${record}/history`);
  return (
    <div className="tab-pane">
      <State of={history} empty={<Empty>{t("history.none")}</Empty>}>
        {(entries) => <Timeline entries={entries} />}
      </State>
      {history.more && (
        <div>
          <Button size="small" onClick={history.loadMore} loading={history.loadingMore}>
            {t("list.more")}
          </Button>
        </div>
      )}
    </div>
  );
}
