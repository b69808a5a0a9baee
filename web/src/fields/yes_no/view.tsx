import { t } from "@/texts";
import type { ViewProps } from "../types";

export function View({ value, shown }: ViewProps) {
  return <>{value === true ? t("ui.yes") : value === false ? t("ui.no") : shown}</>;
}
