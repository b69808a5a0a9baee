import { useEffect } from "react";
import type { ApiError } from "@/api/error";

/** After a refusal the first field that is wrong comes into sight and takes the focus, so that nobody hunts for it. */
export function useFirstFault(error: ApiError | undefined): void {
  useEffect(() => {
    if (!error || Object.keys(error.fields).length === 0) return;
    const drawn = requestAnimationFrame(() => {
      const field = document.querySelector(".field .said")?.closest(".field");
      field?.scrollIntoView({ block: "nearest" });
      field?.querySelector<HTMLElement>("input, textarea")?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(drawn);
  }, [error]);
}
