import type { Party } from "@/api/types";
import { showDay } from "@/base/dates";
import { t } from "@/texts";

/** Posts and people come as parties or by their own names. */
export function nameOf(who: Party | { title?: string; full_name?: string; label?: string } | null | undefined): string {
  if (!who) return "";
  if ("label" in who && who.label) return who.label;
  if ("full_name" in who && who.full_name) return who.full_name;
  return "title" in who && who.title ? who.title : "";
}

/** "từ 01/01/2026 đến 31/03/2026" */
export function span(from: string, to?: string | null): string {
  return to ? t("organisation.span", { from: showDay(from), to: showDay(to) }) : t("organisation.since", { from: showDay(from) });
}
