import { t } from "@/texts";
import type { InputProps } from "../types";
import { View } from "./view";

/** Never typed: the server works it out while the form is filled in. */
export function Input({ id, ...rest }: InputProps) {
  return (
    <output id={id} style={{ minHeight: 30, display: "flex", alignItems: "center" }}>
      {rest.value === null || rest.value === undefined ? <span className="quiet">{t("fields.computed")}</span> : <View {...rest} />}
    </output>
  );
}
