import { useCallback, useEffect, useRef } from "react";

const name = "congvu.session";

/** The windows of one browser share its session. `look` is called when another says that it changed, and whenever this one comes forward; what is given back tells the others. */
export function useOtherWindows(on: boolean, look: () => Promise<void>): () => void {
  const channel = useRef<BroadcastChannel | null>(null);
  useEffect(() => {
    if (!on) return;
    const looked = () => void look();
    const forward = () => document.visibilityState === "visible" && void look();
    if (typeof BroadcastChannel !== "undefined") {
      channel.current = new BroadcastChannel(name);
      channel.current.onmessage = looked;
    }
    document.addEventListener("visibilitychange", forward);
    return () => {
      document.removeEventListener("visibilitychange", forward);
      channel.current?.close();
      channel.current = null;
    };
  }, [on, look]);
  return useCallback(() => channel.current?.postMessage("changed"), []);
}
