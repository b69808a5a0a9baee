import { useState, type ReactNode } from "react";
import type { ApiError } from "@/api/error";
import { t } from "@/texts";
import { Dialog } from "./Dialog";
import { FieldBox } from "./FieldBox";
import { LongTextInput } from "./inputs";

interface Props {
  title: string;
  text?: ReactNode;
  actLabel: string;
  closeLabel?: string;
  danger?: boolean;
  running?: boolean;
  error?: ApiError;
  close: () => void;
}

export function Confirm({ text, act, ...rest }: Props & { act: () => void }) {
  return (
    <Dialog {...rest} act={act} width={460}>
      <div>{text}</div>
    </Dialog>
  );
}

/** Asks why; the act waits for an answer. */
export function ReasonDialog({ text, act, label, ...rest }: Props & { act: (reason: string) => void; label?: string }) {
  const [reason, setReason] = useState("");
  return (
    <Dialog {...rest} act={() => act(reason.trim())} blocked={!reason.trim()} width={480}>
      {text && <div>{text}</div>}
      <FieldBox label={label ?? t("ui.reason")} required error={rest.error?.fields.reason}>
        {(id) => <LongTextInput id={id} value={reason} onChange={setReason} autoFocus rows={3} />}
      </FieldBox>
    </Dialog>
  );
}
