import { useMemo } from "react";
import { useGet, type Loaded } from "./hooks";
import type { MenuGroup, RegisterSummary } from "./types";

/** The groups in the order of the menu; what the menu doesn't name stands last. */
export function ordered(registers: RegisterSummary[], menu: MenuGroup[]): RegisterSummary[] {
  const place = (register: RegisterSummary) => {
    const at = menu.findIndex((group) => group.code === register.group);
    return at < 0 ? menu.length : at;
  };
  return [...registers].sort((one, other) => place(one) - place(other));
}

/** The registers the post may use, as the menu orders them. */
export function useRegisters(): Loaded<RegisterSummary[]> {
  const registers = useGet<RegisterSummary[]>("/registers");
  const menu = useGet<MenuGroup[]>("/menu");
  const data = useMemo(() => registers.data && ordered(registers.data, menu.data ?? []), [registers.data, menu.data]);
  return { ...registers, data };
}
