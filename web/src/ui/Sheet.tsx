import { Drawer } from "antd";
import type { ReactNode } from "react";

/** A panel that slides in: the menu and the acts of a phone, and what is looked at beside a list. */
export function Sheet({ title, open, close, side = "right", width = 380, children }: { title: string; open: boolean; close: () => void; side?: "left" | "right" | "bottom"; width?: number; children: ReactNode }) {
  return (
    <Drawer title={title} open={open} onClose={close} placement={side} size={side === "bottom" ? "80vh" : side === "left" ? 300 : width} destroyOnHidden styles={{ body: { padding: side === "left" ? 0 : 16 } }}>
      {children}
    </Drawer>
  );
}
