import type { RefObject } from "react";
import { useBlocker } from "react-router-dom";
import { t } from "@/texts";
import { Confirm } from "./Confirm";
import { useUnsaved } from "./unsaved";

/** Asks before typed work is left; `leaving` is true while the page goes by itself, having saved. */
export function LeaveGuard({ dirty, leaving }: { dirty: boolean; leaving?: RefObject<boolean> }) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && !leaving?.current && currentLocation.pathname !== nextLocation.pathname);
  useUnsaved(dirty);
  if (blocker.state !== "blocked") return null;
  return <ConfirmLoss close={() => blocker.reset()} act={() => blocker.proceed()} />;
}

export function ConfirmLoss({ text, close, act }: { text?: string; close: () => void; act: () => void }) {
  return <Confirm title={t("record.leave")} text={text ?? t("record.leave_text")} actLabel={t("record.leave_act")} closeLabel={t("record.stay")} danger close={close} act={act} />;
}
