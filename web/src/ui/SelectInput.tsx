import { Select } from "antd";
import { fold } from "@/base/numbers";
import { t } from "@/texts";
import { status, type Common } from "./inputs";

export interface Option {
  value: string;
  label: string;
  detail?: string;
}

interface SelectProps extends Common {
  options: Option[];
  loading?: boolean;
  clear?: boolean;
}

/** Choosing from a list, found without marks. */
export function SelectInput({ value, onChange, options, invalid, label, clear = true, ...rest }: SelectProps & { value?: string | null; onChange: (value: string | null) => void }) {
  return (
    <Select
      className="full"
      value={value ?? undefined}
      options={options}
      status={status(invalid)}
      aria-label={label}
      allowClear={clear}
      showSearch={options.length > 7 ? { filterOption: found } : false}
      onChange={(chosen) => onChange(chosen ?? null)}
      notFoundContent={t("ui.nothing_found")}
      {...rest}
    />
  );
}

export function SelectManyInput({ value, onChange, options, invalid, label, ...rest }: SelectProps & { value: string[]; onChange: (value: string[]) => void }) {
  return (
    <Select
      className="full"
      mode="multiple"
      value={value}
      options={options}
      status={status(invalid)}
      aria-label={label}
      showSearch={{ filterOption: found }}
      onChange={onChange}
      notFoundContent={t("ui.nothing_found")}
      {...rest}
    />
  );
}

function found(typed: string, option?: { label?: unknown; detail?: string }) {
  return fold(`${String(option?.label ?? "")} ${option?.detail ?? ""}`).includes(fold(typed));
}
