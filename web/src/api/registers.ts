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

/** Those the menu names: in the others there is nothing to see and nothing to make. */
export const inMenu = (registers: RegisterSummary[], menu: MenuGroup[]): RegisterSummary[] => {
  const named = new Set(menu.flatMap((group) => group.items.map((item) => item.code)));
  return registers.filter((register) => named.has(register.code));
};

/** The registers in which the post has something to see or to make, as the menu orders them. */
export function useRegisters(): Loaded<RegisterSummary[]> {
  const registers = useGet<RegisterSummary[]>("/registers");
  const menu = useGet<MenuGroup[]>("/menu");
  const data = useMemo(() => registers.data && menu.data && ordered(inMenu(registers.data, menu.data), menu.data), [registers.data, menu.data]);
  return { ...registers, data, loading: registers.loading || menu.loading, error: registers.error ?? menu.error };
}
