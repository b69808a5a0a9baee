import { Modal } from "antd";
import type { ReactNode } from "react";

/** A question that stands over everything, other dialogs too, and goes only when it is answered. `hides`: nothing of the page is seen behind it. */
export function Cover({ title, hides, children }: { title: string; hides?: boolean; children: ReactNode }) {
  return (
    <Modal title={title} open closable={false} keyboard={false} mask={{ closable: false }} zIndex={3000} width={440} footer={null} styles={hides ? { mask: { background: "var(--ground)" } } : undefined}>
      <div className="column">{children}</div>
    </Modal>
  );
}
