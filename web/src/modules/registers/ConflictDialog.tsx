import { useState } from "react";
import type { RecordView, Register, Value, Values } from "@/api/types";
import { FieldView } from "@/fields";
import { t } from "@/texts";
import { Radio } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";

const same = (one: Value, other: Value) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** The fields that both changed, each to something else. */
export function differing(register: Register, began: Values, mine: Values, current: Values): string[] {
  return register.fields
    .filter(({ code, type }) => type !== "computed" && code in mine && !same(mine[code], current[code]) && !same(began[code], current[code]))
    .map((field) => field.code);
}

interface Props {
  register: Register;
  /** What both began with. */
  began: Values;
  /** The fields that were changed here. */
  mine: Values;
  current: RecordView;
  close: () => void;
  save: (values: Values) => void;
  running?: boolean;
}

/** Somebody else saved first: both texts side by side, and a choice for each field. */
export function ConflictDialog({ register, began, mine, current, close, save, running }: Props) {
  const codes = differing(register, began, mine, current.values);
  const [taken, setTaken] = useState<Record<string, "mine" | "theirs">>(Object.fromEntries(codes.map((code) => [code, "mine"])));
  const merged = () => {
    const values: Values = { ...mine };
    for (const code of codes) if (taken[code] === "theirs") delete values[code];
    save(values);
  };
  return (
    <Dialog title={t("conflict.title")} close={close} act={merged} actLabel={t("conflict.save")} running={running} width={760}>
      <p className="quiet">{t("conflict.help")}</p>
      {codes.length > 0 && (
        <table className="conflict">
        <thead>
          <tr>
            <th scope="col">{t("conflict.field")}</th>
            <th scope="col">{t("conflict.mine")}</th>
            <th scope="col">{t("conflict.theirs")}</th>
          </tr>
        </thead>
        <tbody>
          {codes.map((code) => {
            const field = register.fields.find((each) => each.code === code)!;
            const choose = (way: "mine" | "theirs") => setTaken({ ...taken, [code]: way });
            return (
              <tr key={code}>
                <th scope="row">{field.label}</th>
                {(["mine", "theirs"] as const).map((way) => (
                  <td key={way} className={taken[code] === way ? "chosen" : undefined}>
                    <Radio checked={taken[code] === way} onChange={() => choose(way)} aria-label={`${field.label}: ${t(`conflict.${way}`)}`}>
                      <FieldView field={field} value={way === "mine" ? mine[code] : current.values[code]} shown={way === "theirs" ? current.shown[code] : undefined} />
                    </Radio>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      )}
      {codes.length === 0 && <p>{t("conflict.none")}</p>}
    </Dialog>
  );
}
