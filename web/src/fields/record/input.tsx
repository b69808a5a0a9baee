import { useState } from "react";
import type { RecordLabel } from "@/api/types";
import { RecordPicker } from "@/ui/RecordPicker";
import type { InputProps } from "../types";

export function Input({ field, value, shown, onChange, id, invalid, disabled }: InputProps) {
  const [picked, setPicked] = useState<RecordLabel | null>(null);
  const known = value === null || value === undefined || value === "" ? null : Number(value);
  const label = known === null ? null : picked?.id === known ? picked : { id: known, title: shown || `#${known}` };
  return (
    <RecordPicker
      id={id}
      register={field.record_of ?? undefined}
      value={label}
      onChange={(record) => {
        setPicked(record);
        onChange(record?.id ?? null);
      }}
      invalid={invalid}
      disabled={disabled}
    />
  );
}
