import { useState } from "react";
import type { Party, Value } from "@/api/types";
import { PartyPicker } from "@/ui/PartyPicker";
import type { InputProps } from "./types";

/** The value is an id; what was picked here keeps its name until the server writes it. */
function partyOf(value: Value, shown: string | undefined, picked: Party | null, kind: Party["kind"]): Party | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "object" && "label" in value) return value as Party;
  const id = Number(value);
  if (picked?.id === id) return picked;
  return { kind, id, label: shown || `#${id}` };
}

export function partyInput(kind: Party["kind"], kinds: string = kind) {
  return function Input({ value, shown, onChange, id, invalid, disabled }: InputProps) {
    const [picked, setPicked] = useState<Party | null>(null);
    return (
      <PartyPicker
        id={id}
        kinds={kinds}
        value={partyOf(value, shown, picked, kind)}
        onChange={(party) => {
          setPicked(party);
          onChange(party?.id ?? null);
        }}
        invalid={invalid}
        disabled={disabled}
      />
    );
  };
}
