import { showDay } from "@/base/dates";
import { t } from "@/texts";

export const nameOf = (who: { label: string } | undefined): string => who?.label ?? "";

/** "từ 01/01/2026 đến 31/03/2026" */
export function span(from: string, to?: string | null): string {
  return to ? t("organisation.span", { from: showDay(from), to: showDay(to) }) : t("organisation.since", { from: showDay(from) });
}
