import { useState } from "react";
import type { StoredFile } from "@/api/types";
import { t } from "@/texts";
import { Button } from "@/ui/controls";
import { FileDrop } from "@/ui/FileDrop";
import type { InputProps } from "../types";

export function Input({ value, shown, onChange, disabled }: InputProps) {
  const [stored, setStored] = useState<StoredFile>();
  if (value !== null && value !== undefined && value !== "") {
    return (
      <div className="row">
        <span className="grow one-line">{stored?.id === value ? stored?.name : shown || `#${String(value)}`}</span>
        {!disabled && (
          <Button size="small" onClick={() => onChange(null)}>
            {t("ui.drop")}
          </Button>
        )}
      </div>
    );
  }
  return (
    <FileDrop
      compact
      onStored={(file) => {
        setStored(file);
        onChange(file.id);
      }}
    />
  );
}
