import { useState } from "react";
import { post } from "@/api/client";
import { cache, useDo } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { Unit } from "@/api/types";
import { t } from "@/texts";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { DateInput } from "@/ui/DateInput";
import { TextInput } from "@/ui/inputs";
import { SelectInput, SelectManyInput } from "@/ui/SelectInput";

const kinds = ["merge", "split", "rename", "move", "dissolve"] as const;

/** Which units come out of this one: merged, split, dissolved. */
export function SuccessionDialog({ unit, units, close }: { unit: Unit; units: Unit[]; close: () => void }) {
  const { session } = useSigned();
  const [kind, setKind] = useState<string>("merge");
  const [to, setTo] = useState<string[]>([]);
  const [on, setOn] = useState<string | null>(session.server.today);
  const [basis, setBasis] = useState("");
  const save = useDo(() => post(`/units/${unit.id}/successions`, { kind, to: to.map(Number), on, basis: basis.trim() }), () => {
    cache.invalidate("/units", "/directory");
    close();
  });
  const faults = save.error?.fields ?? {};
  return (
    <Dialog title={t("units.succeed_of", { unit: unit.name })} close={close} act={() => void save.run()} running={save.running} error={save.error} blocked={!on || !basis.trim() || (kind !== "dissolve" && to.length === 0)}>
      <FieldBox label={t("units.succession")} error={faults.kind}>{(id) => <SelectInput id={id} value={kind} onChange={(chosen) => setKind(chosen ?? "merge")} clear={false} options={kinds.map((each) => ({ value: each, label: t(`units.succession.${each}`) }))} />}</FieldBox>
      {kind !== "dissolve" && (
        <FieldBox label={t("units.succession_to")} required error={faults.to}>{(id) => <SelectManyInput id={id} value={to} onChange={setTo} options={units.filter((each) => each.id !== unit.id).map((each) => ({ value: String(each.id), label: each.name, detail: each.abbreviation }))} />}</FieldBox>
      )}
      <FieldBox label={t("units.from")} required error={faults.on}>{(id) => <DateInput id={id} value={on} onChange={setOn} />}</FieldBox>
      <FieldBox label={t("units.basis")} required error={faults.basis}>{(id) => <TextInput id={id} value={basis} onChange={setBasis} />}</FieldBox>
    </Dialog>
  );
}
