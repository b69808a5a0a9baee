import { useState } from "react";
import { put } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import type { Field, FieldType, Setting, Value } from "@/api/types";
import { FieldInput, kinds } from "@/fields";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Button, Checkbox } from "@/ui/controls";
import { Fault } from "@/ui/Fault";
import { FieldBox } from "@/ui/FieldBox";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { Empty, State } from "@/ui/Panel";
import { toast } from "@/ui/toast";

/** A setting is drawn by the field type of its kind. */
function fieldOf(setting: Setting): Field {
  const type = setting.kind === "boolean" ? "yes_no" : setting.kind in kinds ? (setting.kind as FieldType) : "text";
  return { code: setting.code, type, label: setting.label, help: setting.help, required: true, search: false };
}

/** The working days of a week as digits, 1 is Monday: a tick for each day. */
function Week({ id, label, value, onChange }: { id: string; label: string; value: string; onChange: (value: string) => void }) {
  const days = ["1", "2", "3", "4", "5", "6", "7"] as const;
  return (
    <div id={id} role="group" aria-label={label} className="row wrap">
      {days.map((day) => (
        <Checkbox key={day} checked={value.includes(day)} onChange={(event) => onChange(days.filter((each) => (each === day ? event.target.checked : value.includes(each))).join(""))}>
          {t(`calendar.day.${day}`)}
        </Checkbox>
      ))}
    </div>
  );
}

export function SettingsPage() {
  const settings = useGet<Setting[]>("/settings");
  return (
    <Page title={t("settings.title")} under={t("settings.under")}>
      <State of={settings} empty={<Empty title={t("settings.none")}>{t("settings.none_help")}</Empty>}>
        {(all) => <Form settings={all} />}
      </State>
    </Page>
  );
}

function Form({ settings }: { settings: Setting[] }) {
  const [changed, setChanged] = useState<Record<string, Value>>({});
  const save = useDo(() => put("/settings", changed), () => {
    setChanged({});
    cache.invalidate("/settings");
    toast.done(t("settings.saved"));
  });
  const faults = save.error?.fields ?? {};
  const valueOf = (setting: Setting): Value => (setting.code in changed ? changed[setting.code] : (setting.value as Value)) ?? null;
  const dirty = Object.keys(changed).length > 0;
  return (
    <div className="column" style={{ maxWidth: 560, gap: 16 }}>
      <LeaveGuard dirty={dirty} />
      {settings.map((setting) => {
        const field = fieldOf(setting);
        return (
          <FieldBox key={setting.code} label={setting.label} help={setting.help} error={faults[setting.code]}>
            {(id) => (
              <>
                {setting.kind === "week" ? (
                  <Week id={id} label={setting.label} value={String(valueOf(setting) ?? "")} onChange={(week) => setChanged({ ...changed, [setting.code]: week })} />
                ) : (
                  <FieldInput field={field} id={id} value={valueOf(setting)} onChange={(value) => setChanged({ ...changed, [setting.code]: value })} invalid={Boolean(faults[setting.code])} />
                )}
                {setting.waiting && <Badge tone="blue">{t("rights.state.waiting")}</Badge>}
              </>
            )}
          </FieldBox>
        );
      })}
      <Fault error={save.error} />
      <div>
        <Button look="primary" onClick={() => void save.run()} loading={save.running} disabled={!dirty}>
          {t("ui.save")}
        </Button>
      </div>
    </div>
  );
}
