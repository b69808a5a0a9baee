import { useEffect, useRef, type RefObject } from "react";
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

const fields = "input:not([type=file]):not([type=hidden]), textarea, [role=combobox]";

/** The first field that may be typed into has the focus when a form opens, and again at each new `turn`; on a phone nothing jumps up unasked. Without `on` it stays where it is. */
export function useFirstField<T extends HTMLElement>(turn: unknown, on = true): RefObject<T | null> {
  const form = useRef<T>(null);
  useEffect(() => {
    if (!on || window.matchMedia("(pointer: coarse)").matches) return;
    const found = [...(form.current?.querySelectorAll<HTMLInputElement>(fields) ?? [])].find((each) => !each.disabled && !each.readOnly);
    found?.focus();
  }, [turn, on]);
  return form;
}
