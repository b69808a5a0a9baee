import { useEffect } from "react";

const held = new Set<object>();

/** While `is`, the page holds what is kept nowhere else: the browser asks before it closes, and whoever would draw the page anew asks first. */
export function useUnsaved(is: boolean): void {
  useEffect(() => {
    if (!is) return;
    const mine = {};
    held.add(mine);
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => {
      held.delete(mine);
      window.removeEventListener("beforeunload", ask);
    };
  }, [is]);
}

export const anythingUnsaved = (): boolean => held.size > 0;
