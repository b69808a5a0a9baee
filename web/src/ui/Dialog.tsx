import { Modal } from "antd";
import type { ReactNode } from "react";
import type { ApiError } from "@/api/error";
import { useKeys } from "@/base/keys";
import { t } from "@/texts";
import { Button } from "./controls";
import { Fault } from "./Fault";

interface Props {
  title: string;
  open?: boolean;
  close: () => void;
  /** The one act of the dialog; Ctrl+Enter does it. */
  act?: () => void;
  actLabel?: string;
  running?: boolean;
  blocked?: boolean;
  danger?: boolean;
  error?: ApiError;
  width?: number;
  /** What not doing it is called, where “Đóng” would not say it. */
  closeLabel?: string;
  children: ReactNode;
  extra?: ReactNode;
}

function DialogKeys({ act }: { act: () => void }) {
  useKeys({ "Ctrl+Enter": act });
  return null;
}

export function Dialog({ title, open = true, close, act, actLabel, running, blocked, danger, error, width = 560, closeLabel, children, extra }: Props) {
  const allowed = act && !running && !blocked;
  return (
    <Modal
      title={title}
      open={open}
      onCancel={close}
      width={width}
      destroyOnHidden
      mask={{ closable: false }}
      footer={
        <div className="row" style={{ justifyContent: "flex-end" }}>
          {extra}
          <span className="grow" />
          <Button onClick={close}>{closeLabel ?? t("ui.close")}</Button>
          {act && (
            <Button look={danger ? "danger" : "primary"} onClick={act} loading={running} disabled={blocked}>
              {actLabel ?? t("ui.save")}
            </Button>
          )}
        </div>
      }
    >
      {open && act && <DialogKeys act={() => allowed && act()} />}
      <div className="column">
        {children}
        <Fault error={error} />
      </div>
    </Modal>
  );
}
