import type { Proposed } from "@/api/types";
import { t } from "@/texts";
import { toast } from "@/ui/toast";

/** Says whether a change of rights holds already or waits for a second person. */
export function tellProposed(proposed: Proposed | undefined): void {
  if (proposed?.applied === false) toast.told(t("rights.waiting_second"));
  else toast.done(t("rights.applied"));
}
