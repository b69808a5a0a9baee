import { useState } from "react";
import { remove, withQuery } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { Id, Unit } from "@/api/types";
import { showDay } from "@/base/dates";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Confirm } from "@/ui/Confirm";
import { Button } from "@/ui/controls";
import { FieldBox } from "@/ui/FieldBox";
import { PlusOutlined } from "@/ui/icons";
import { DateInput } from "@/ui/DateInput";
import { Empty, State } from "@/ui/Panel";
import { UnitTree } from "@/ui/UnitTree";
import { span } from "./names";
import { PostsPanel } from "./PostsPanel";
import { SuccessionDialog } from "./SuccessionDialog";
import { UnitDialog } from "./UnitDialog";

type Doing = "add" | "change" | "succeed" | "withdraw" | null;

/** The tree as it stood on a day; names and places hold for a time. */
export function UnitsSection() {
  const { session } = useSigned();
  const [on, setOn] = useState<string>(session.server.today);
  const units = useGet<Unit[]>(withQuery("/units", { on }));
  const [chosen, setChosen] = useState<Id | null>(null);
  const may = session.permissions.includes("administer");
  const [doing, setDoing] = useState<Doing>(null);
  const unit = units.data?.find((each) => each.id === chosen) ?? units.data?.[0];
  const withdraw = useDo(() => remove(`/units/${unit!.id}/coming`), () => {
    cache.invalidate("/units", "/directory");
    setDoing(null);
  });
  return (
    <div className="organisation">
      <div>
        <FieldBox label={t("units.on")}>{(id) => <DateInput id={id} value={on} onChange={(day) => setOn(day ?? session.server.today)} />}</FieldBox>
        <State of={units} empty={<Empty title={t("units.none")} action={<Button look="primary" onClick={() => setDoing("add")}>{t("units.add")}</Button>}>{t("units.none_help")}</Empty>}>
          {(all) => <UnitTree units={all} chosen={unit?.id} onChoose={setChosen} />}
        </State>
      </div>
      <div>
        {unit && (
          <>
            <div className="row wrap">
              <h2 className="grow">
                {unit.name} {unit.is_agency && <Badge tone="blue">{t("units.agency")}</Badge>}
              </h2>
              {may && <Button size="small" icon={<PlusOutlined />} onClick={() => setDoing("add")}>{t("units.add_under")}</Button>}
              {may && <Button size="small" onClick={() => setDoing("change")}>{t("units.change")}</Button>}
              {may && <Button size="small" onClick={() => setDoing("succeed")}>{t("units.succeed")}</Button>}
            </div>
            <dl className="facts" style={{ maxWidth: 640 }}>
              <dt>{t("units.kind")}</dt>
              <dd>{unit.kind_label}</dd>
              <dt>{t("units.short_name")}</dt>
              <dd>{unit.short_name}</dd>
              <dt>{t("units.abbreviation")}</dt>
              <dd>{unit.abbreviation}</dd>
              {unit.organ_id && (
                <>
                  <dt>{t("units.organ_id")}</dt>
                  <dd>{unit.organ_id}</dd>
                </>
              )}
              <dt>{t("units.valid")}</dt>
              <dd>{span(unit.valid_from, unit.valid_to)}</dd>
              {unit.coming && (
                <>
                  <dt>{t("units.coming")}</dt>
                  <dd className="row wrap">
                    <span>{unit.coming.name ? t("units.coming_name", { on: showDay(unit.coming.on), name: unit.coming.name }) : t("units.coming_end", { on: showDay(unit.coming.on) })}</span>
                    {may && <Button size="small" onClick={() => setDoing("withdraw")}>{t("units.withdraw")}</Button>}
                  </dd>
                </>
              )}
            </dl>
            <PostsPanel key={unit.id} unit={unit} />
          </>
        )}
      </div>
      {doing === "add" && <UnitDialog parent={unit} units={units.data ?? []} close={() => setDoing(null)} />}
      {doing === "change" && unit && <UnitDialog unit={unit} units={units.data ?? []} close={() => setDoing(null)} />}
      {doing === "withdraw" && unit && <Confirm title={t("units.withdraw")} text={t("units.withdraw_text", { unit: unit.name })} actLabel={t("units.withdraw")} running={withdraw.running} error={withdraw.error} close={() => setDoing(null)} act={() => void withdraw.run()} />}
      {doing === "succeed" && unit && <SuccessionDialog unit={unit} units={units.data ?? []} close={() => setDoing(null)} />}
    </div>
  );
}
