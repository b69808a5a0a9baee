import { showDay } from "@/base/dates";
import { showDecimal, showMoney } from "@/base/numbers";
import { t } from "@/texts";
import { asText, type ViewProps } from "../types";

/** As the server wrote it; while a form is typed, by its type. */
export function View({ field, value, shown }: ViewProps) {
  if (typeof value === "boolean") return <>{value ? t("ui.yes") : t("ui.no")}</>;
  const text = asText(value);
  if (field.computed_type === "money") return <span className="number">{showMoney(text) || shown}</span>;
  if (field.computed_type === "date") return <span className="number">{showDay(text) || shown}</span>;
  if (field.computed_type === "text") return <>{shown || text}</>;
  return <span className="number">{shown || showDecimal(text)}</span>;
}
