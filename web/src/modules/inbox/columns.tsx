import type { InboxRow, Party } from "@/api/types";
import { t } from "@/texts";
import { Badge, Due, UrgencyBadge } from "@/ui/Badge";
import type { Column } from "@/ui/DataList";

export const nameOf = (from: Party | string | null | undefined): string => (typeof from === "string" ? from : (from?.label ?? ""));

const due: Column<InboxRow> = { code: "due", label: t("inbox.due"), width: 58, render: (row) => <Due due={row.due} state={row.due_state} /> };

/** Beside the preview: three columns that hold the same facts. */
export function narrowColumns(): Column<InboxRow>[] {
  return [
    {
      code: "title",
      label: t("inbox.document"),
      render: (row) => row.title,
      under: (row) => (
        <div className="under-title">
          <UrgencyBadge urgency={row.urgency} />
          <span className="one-line" title={[row.notation, row.author].filter(Boolean).join(" · ")}>
            {[row.notation, row.author].filter(Boolean).join(" · ")}
          </span>
        </div>
      ),
    },
    {
      code: "asked",
      label: t("inbox.asked"),
      width: 94,
      render: (row) => (
        <>
          <div className="two-lines">{row.asked || row.role_label}</div>
          <div className="small quiet one-line" style={{ fontWeight: 400 }}>{nameOf(row.from)}</div>
        </>
      ),
    },
    { ...due, label: t("inbox.due") },
  ];
}

export function wideColumns(): Column<InboxRow>[] {
  return [
    { code: "urgency", label: t("inbox.urgency"), width: 78, render: (row) => <UrgencyBadge urgency={row.urgency} /> },
    { code: "notation", label: t("inbox.notation"), width: 80, render: (row) => row.notation },
    { code: "title", label: t("inbox.subject"), render: (row) => row.title },
    { code: "author", label: t("inbox.author"), width: 100, render: (row) => row.author },
    { code: "role", label: t("inbox.role"), width: 82, render: (row) => <Badge tone="blue">{row.role_label}</Badge> },
    { code: "asked", label: t("inbox.asked"), width: 120, render: (row) => <div className="two-lines">{row.asked}</div> },
    { code: "from", label: t("inbox.from"), width: 90, render: (row) => nameOf(row.from) },
    { ...due, label: t("inbox.due") },
  ];
}

export function InboxCard({ row }: { row: InboxRow }) {
  return (
    <>
      <span className="row wrap small">
        <UrgencyBadge urgency={row.urgency} />
        <span className="quiet">{[row.notation, row.author].filter(Boolean).join(" · ")}</span>
      </span>
      <span className="title">{row.title}</span>
      {row.asked && <span className="two-lines quiet">{row.asked}</span>}
      <span className="row wrap small">
        <Badge tone="blue">{row.role_label}</Badge>
        <span className="quiet">{nameOf(row.from)}</span>
        <span className="grow" />
        <Due due={row.due} state={row.due_state} />
      </span>
    </>
  );
}
