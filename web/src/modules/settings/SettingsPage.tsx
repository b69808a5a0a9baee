import { useState } from "react";
import { put } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import type { Field, FieldType, Setting, Value } from "@/api/types";
import { FieldInput, kinds } from "@/fields";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/controls";
import { Fault } from "@/ui/Fault";
import { FieldBox } from "@/ui/FieldBox";
import { Empty, State } from "@/ui/Panel";
import { toast } from "@/ui/toast";

/** A setting is drawn by the field type of its kind. */
function fieldOf(setting: Setting): Field {
  const type = setting.kind === "boolean" ? "yes_no" : setting.kind in kinds ? (setting.kind as FieldType) : "text";
  return { code: setting.code, type, label: setting.label, help: setting.help, choices: setting.choices, required: true };
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
  return (
    <div className="column" style={{ maxWidth: 560, gap: 16 }}>
      {settings.map((setting) => {
        const field = fieldOf(setting);
        return (
          <FieldBox key={setting.code} label={setting.label} help={setting.help} error={faults[setting.code]}>
            {(id) => (
              <>
                <FieldInput field={field} id={id} value={(setting.code in changed ? changed[setting.code] : (setting.value as Value)) ?? null} onChange={(value) => setChanged({ ...changed, [setting.code]: value })} invalid={Boolean(faults[setting.code])} />
                {setting.waiting && <Badge tone="blue">{t("rights.state.waiting")}</Badge>}
              </>
            )}
          </FieldBox>
        );
      })}
      <Fault error={save.error} />
      <div>
        <Button look="primary" onClick={() => void save.run()} loading={save.running} disabled={Object.keys(changed).length === 0}>
          {t("ui.save")}
        </Button>
      </div>
    </div>
  );
}
