import { useEffect, type RefObject } from "react";
import { useBlocker } from "react-router-dom";
import { t } from "@/texts";
import { Confirm } from "@/ui/Confirm";

/** Asks before typed work is left; `leaving` is true while the page goes by itself, having saved. */
export function LeaveGuard({ dirty, leaving }: { dirty: boolean; leaving?: RefObject<boolean> }) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && !leaving?.current && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);
  if (blocker.state !== "blocked") return null;
  return <Confirm title={t("record.leave")} text={t("record.leave_text")} actLabel={t("record.leave_act")} closeLabel={t("record.stay")} danger close={() => blocker.reset()} act={() => blocker.proceed()} />;
}
