import { Select } from "antd";
import { useState } from "react";
import { withQuery } from "@/api/client";
import { useGet } from "@/api/hooks";
import type { Party, PartyRef } from "@/api/types";
import { t } from "@/texts";
import { useLater } from "./inputs";

const keyOf = (party: PartyRef) => `${party.kind}:${party.id}`;

function useDirectory(kinds: string) {
  const [typed, setTyped] = useState("");
  const q = useLater(typed);
  const [open, setOpen] = useState(false);
  const found = useGet<Party[]>(open ? withQuery("/directory", { q, kinds }) : null);
  return { found, setTyped, open, setOpen };
}

function options(parties: Party[]) {
  return parties.map((party) => ({ value: keyOf(party), label: party.label, party }));
}

function Line({ party }: { party: Party }) {
  return (
    <div>
      <div className="one-line">{party.label}</div>
      {party.detail && <div className="small quiet one-line">{party.detail}</div>}
    </div>
  );
}

/** What is to be typed: a person is looked for by name, a unit by its own. */
function hint(kinds: string): string {
  if (kinds === "person") return t("ui.person_search");
  if (kinds === "unit" || kinds === "agency") return t("ui.unit_search");
  if (kinds === "post") return t("ui.post_search");
  return t("ui.party_search");
}

interface Common {
  id?: string;
  kinds?: string;
  label?: string;
  placeholder?: string;
  disabled?: boolean;
  invalid?: boolean;
  autoFocus?: boolean;
}

/** Posts, units and people by folded search in the directory. */
export function PartiesPicker({ value, onChange, kinds = "post,unit,person", label, invalid, ...rest }: Common & { value: Party[]; onChange: (parties: Party[]) => void }) {
  const { found, setTyped, open, setOpen } = useDirectory(kinds);
  return (
    <Select
      className="full"
      mode="multiple"
      open={open}
      value={value.map((party) => ({ value: keyOf(party), label: party.label }))}
      labelInValue
      options={options(found.data ?? [])}
      optionRender={(option) => <Line party={option.data.party} />}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.loading}
      status={invalid ? "error" : undefined}
      aria-label={label}
      onOpenChange={setOpen}
      notFoundContent={found.error ? found.error.message : found.loading ? t("ui.working") : t("ui.nothing_found")}
      onChange={(chosen) => {
        // An open list would take a Tab for another choice and unmake this one.
        setOpen(false);
        onChange(chosen.flatMap((one) => value.find((party) => keyOf(party) === one.value) ?? found.data?.find((party) => keyOf(party) === one.value) ?? []));
      }}
      {...rest}
      placeholder={rest.placeholder ?? hint(kinds)}
    />
  );
}

export function PartyPicker({ value, onChange, kinds = "post,unit,person", label, invalid, ...rest }: Common & { value?: Party | null; onChange: (party: Party | null) => void }) {
  const { found, setTyped, setOpen } = useDirectory(kinds);
  return (
    <Select
      className="full"
      value={value ? { value: keyOf(value), label: value.label } : undefined}
      labelInValue
      allowClear
      options={options(found.data ?? [])}
      optionRender={(option) => <Line party={option.data.party} />}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.loading}
      status={invalid ? "error" : undefined}
      aria-label={label}
      onOpenChange={setOpen}
      notFoundContent={found.error ? found.error.message : found.loading ? t("ui.working") : t("ui.nothing_found")}
      onChange={(chosen) => onChange(chosen ? (found.data?.find((party) => keyOf(party) === chosen.value) ?? null) : null)}
      {...rest}
      placeholder={rest.placeholder ?? hint(kinds)}
    />
  );
}
