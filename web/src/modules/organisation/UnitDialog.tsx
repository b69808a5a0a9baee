import { useState } from "react";
import { post, put } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { Choice, Unit } from "@/api/types";
import { t } from "@/texts";
import { Checkbox } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { DateInput } from "@/ui/DateInput";
import { TextInput } from "@/ui/inputs";
import { SelectInput } from "@/ui/SelectInput";
import { tellProposed } from "./proposed";

interface Props {
  /** The unit that changes from a day; absent: a new one under `parent`. */
  unit?: Unit;
  parent?: Unit;
  units: Unit[];
  close: () => void;
}

export function UnitDialog({ unit, parent, units, close }: Props) {
  const { session } = useSigned();
  const [above, setAbove] = useState<string | null>(unit ? (unit.parent != null ? String(unit.parent) : null) : parent ? String(parent.id) : null);
  const [kind, setKind] = useState<string>(unit?.kind ?? "");
  const [name, setName] = useState(unit?.name ?? "");
  const [short, setShort] = useState(unit?.short_name ?? "");
  const [abbreviation, setAbbreviation] = useState(unit?.abbreviation ?? "");
  const [organ, setOrgan] = useState(unit?.organ_id ?? "");
  const [agency, setAgency] = useState(unit?.is_agency ?? false);
  const [from, setFrom] = useState<string | null>(session.server.today);
  const [basis, setBasis] = useState("");
  const listed = useGet<Choice[]>("/choices/unit_kinds");
  const known = new Map(units.map((each) => [each.kind, each.kind_label]));
  for (const choice of listed.data ?? []) known.set(choice.code, choice.label);

  const save = useDo(
    () => {
      const body = { parent: above ? Number(above) : null, kind, name: name.trim(), short_name: short.trim(), abbreviation: abbreviation.trim(), organ_id: organ.trim() || null, is_agency: unit ? undefined : agency, valid_from: from, basis: basis.trim() || null };
      return unit ? put<Unit>(`/units/${unit.id}`, body) : post<Unit>("/units", body);
    },
    (told) => {
      cache.invalidate("/units", "/directory", "/right-changes");
      if (told?.change) tellProposed({ applied: false, change: told.change });
      close();
    },
  );
  const faults = save.error?.fields ?? {};
  return (
    <Dialog title={unit ? t("units.change_of", { unit: unit.name }) : t("units.add")} close={close} act={() => void save.run()} running={save.running} error={save.error} blocked={!name.trim() || !kind || !from}>
      <div className="form-grid">
        <FieldBox label={t("units.parent")} error={faults.parent} wide>
          {(id) => <SelectInput id={id} value={above} onChange={setAbove} options={units.filter((each) => each.id !== unit?.id).map((each) => ({ value: String(each.id), label: each.name, detail: each.abbreviation }))} />}
        </FieldBox>
        <FieldBox label={t("units.name")} required error={faults.name} wide>{(id) => <TextInput id={id} value={name} onChange={setName} autoFocus />}</FieldBox>
        <FieldBox label={t("units.kind")} required error={faults.kind}>{(id) => <SelectInput id={id} value={kind || null} onChange={(chosen) => setKind(chosen ?? "")} clear={false} options={[...known].map(([code, label]) => ({ value: code, label }))} />}</FieldBox>
        <FieldBox label={t("units.short_name")} error={faults.short_name}>{(id) => <TextInput id={id} value={short} onChange={setShort} />}</FieldBox>
        <FieldBox label={t("units.abbreviation")} error={faults.abbreviation} help={t("units.abbreviation_help")}>{(id) => <TextInput id={id} value={abbreviation} onChange={setAbbreviation} />}</FieldBox>
        <FieldBox label={t("units.organ_id")} error={faults.organ_id}>{(id) => <TextInput id={id} value={organ} onChange={setOrgan} />}</FieldBox>
        <FieldBox label={t("units.from")} required error={faults.valid_from}>{(id) => <DateInput id={id} value={from} onChange={setFrom} />}</FieldBox>
        <FieldBox label={t("units.basis")} error={faults.basis} wide>{(id) => <TextInput id={id} value={basis} onChange={setBasis} />}</FieldBox>
      </div>
      {!unit && <Checkbox checked={agency} onChange={(event) => setAgency(event.target.checked)}>{t("units.is_agency")}</Checkbox>}
    </Dialog>
  );
}
