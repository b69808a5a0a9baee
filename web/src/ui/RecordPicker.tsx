import { Select } from "antd";
import { useState } from "react";
import { withQuery } from "@/api/client";
import { useGet } from "@/api/hooks";
import type { Page, RecordLabel, SearchHit } from "@/api/types";
import { t } from "@/texts";
import { useLater } from "./inputs";

interface Props {
  id?: string;
  register?: string;
  value?: RecordLabel | null;
  onChange: (record: RecordLabel | null) => void;
  label?: string;
  invalid?: boolean;
  disabled?: boolean;
}

/** A record found by the words of its title, in one register or in all. */
export function RecordPicker({ register, value, onChange, label, invalid, ...rest }: Props) {
  const [typed, setTyped] = useState("");
  const q = useLater(typed.trim());
  const found = useGet<Page<SearchHit>>(q ? withQuery("/search", { q, register, limit: 20 }) : null);
  const hits = q ? (found.data?.items ?? []) : [];
  return (
    <Select
      className="full"
      value={value ? { value: value.id, label: value.title } : undefined}
      labelInValue
      allowClear
      options={hits.map((hit) => ({ value: hit.record, label: hit.title, detail: hit.register_label }))}
      optionRender={(option) => (
        <div>
          <div className="two-lines" style={{ whiteSpace: "normal" }}>{option.data.label}</div>
          <div className="small quiet">{option.data.detail}</div>
        </div>
      )}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.loading && Boolean(q)}
      status={invalid ? "error" : undefined}
      aria-label={label}
      notFoundContent={q ? (found.loading ? t("ui.working") : t("ui.nothing_found")) : t("ui.type_to_search")}
      onChange={(chosen) => onChange(chosen ? { id: chosen.value, title: String(chosen.label) } : null)}
      {...rest}
      placeholder={t("ui.type_to_search")}
    />
  );
}
