import { App } from "antd";
import { useEffect } from "react";
import { onUnkept } from "@/api/preferences";
import { t } from "@/texts";

type Say = (text: string) => void;
let say: Record<"done" | "failed" | "told", Say> = { done: () => undefined, failed: () => undefined, told: () => undefined };

/** Short words that something was done; never the only place of an error. */
export const toast = {
  done: (text: string) => say.done(text),
  failed: (text: string) => say.failed(text),
  told: (text: string) => say.told(text),
};

export function ToastHolder() {
  const { message } = App.useApp();
  useEffect(() => {
    say = {
      done: (text) => void message.success(text, 3),
      failed: (text) => void message.error(text, 6),
      told: (text) => void message.info(text, 8),
    };
    onUnkept(() => toast.failed(t("ui.not_kept")));
  }, [message]);
  return null;
}
