import type { Box, InboxRow } from "@/api/types";
import { t } from "@/texts";
import { Badge, Due, roleTones, StepBadge, UrgencyBadge } from "@/ui/Badge";
import type { Column } from "@/ui/DataList";

export const nameOf = (from: InboxRow["from"]): string => from?.label ?? "";

/** Boxes of what lies with others. */
const others = (box: Box): boolean => box === "watching" || box === "unit";
/** Whom a row is about: who gave it, or of what lies with others, who has it. */
const whom = (row: InboxRow, box: Box): string => (others(box) ? `${row.role_label}: ${nameOf(row.to)}` : nameOf(row.from));

const due: Column<InboxRow> = { code: "due", label: t("inbox.due"), width: 58, render: (row) => <Due due={row.due} state={row.due_state} /> };

/** Beside the preview: three columns that hold the same facts. */
export function narrowColumns(box: Box): Column<InboxRow>[] {
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
          <div className="small quiet one-line" style={{ fontWeight: 400 }} title={whom(row, box)}>{whom(row, box)}</div>
          {others(box) && <StepBadge row={row} />}
        </>
      ),
    },
    { ...due, label: t("inbox.due") },
  ];
}

export function wideColumns(box: Box): Column<InboxRow>[] {
  return [
    { code: "urgency", label: t("inbox.urgency"), width: 78, render: (row) => <UrgencyBadge urgency={row.urgency} /> },
    { code: "notation", label: t("inbox.notation"), width: 80, render: (row) => row.notation },
    { code: "title", label: t("inbox.subject"), render: (row) => row.title },
    { code: "author", label: t("inbox.author"), width: 100, render: (row) => row.author },
    { code: "role", label: t("inbox.role"), width: 82, render: (row) => <Badge tone={roleTones[row.role]}>{row.role_label}</Badge> },
    { code: "asked", label: t("inbox.asked"), width: 120, render: (row) => <div className="two-lines">{row.asked}</div> },
    ...(others(box) ? [{ code: "state", label: t("inbox.state"), width: 84, render: (row: InboxRow) => <StepBadge row={row} /> }] : []),
    others(box) ? { code: "to", label: t("inbox.to"), width: 100, render: (row) => nameOf(row.to) } : { code: "from", label: t("inbox.from"), width: 90, render: (row) => nameOf(row.from) },
    { ...due, label: t("inbox.due") },
  ];
}

export function InboxCard({ row, box }: { row: InboxRow; box: Box }) {
  return (
    <>
      <span className="row wrap small">
        <UrgencyBadge urgency={row.urgency} />
        <span className="quiet">{[row.notation, row.author].filter(Boolean).join(" · ")}</span>
      </span>
      <span className="title">{row.title}</span>
      {row.asked && <span className="two-lines quiet">{row.asked}</span>}
      <span className="row wrap small">
        <Badge tone={roleTones[row.role]}>{row.role_label}</Badge>
        {others(box) && <StepBadge row={row} />}
        <span className="quiet">{nameOf(others(box) ? row.to : row.from)}</span>
        <span className="grow" />
        <Due due={row.due} state={row.due_state} />
      </span>
    </>
  );
}
