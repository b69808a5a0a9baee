import { useState, type FormEvent } from "react";
import { put } from "@/api/client";
import { useDo } from "@/api/hooks";
import { t } from "@/texts";
import { Button } from "@/ui/controls";
import { Fault } from "@/ui/Fault";
import { FieldBox } from "@/ui/FieldBox";
import { TextInput } from "@/ui/inputs";

export function PasswordForm({ after }: { after: () => void }) {
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [again, setAgain] = useState("");
  const change = useDo(async () => {
    await put("/account/password", { old, new: fresh });
    setOld("");
    setFresh("");
    setAgain("");
    after();
  });
  const differs = again !== "" && again !== fresh;
  const faults = change.error?.fields ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (old && fresh && fresh === again) void change.run();
  };
  return (
    <form onSubmit={submit} className="column" style={{ gap: 14 }} noValidate>
      <FieldBox label={t("password.old")} required error={faults.old}>
        {(id) => <TextInput id={id} type="password" value={old} onChange={setOld} autoComplete="current-password" />}
      </FieldBox>
      <FieldBox label={t("password.new")} required error={faults.new} help={t("password.help")}>
        {(id) => <TextInput id={id} type="password" value={fresh} onChange={setFresh} autoComplete="new-password" />}
      </FieldBox>
      <FieldBox label={t("password.again")} required error={differs ? t("password.differs") : undefined}>
        {(id) => <TextInput id={id} type="password" value={again} onChange={setAgain} autoComplete="new-password" />}
      </FieldBox>
      {change.error && !change.error.field && <Fault error={change.error} />}
      <Button look="primary" submit loading={change.running} disabled={!old || !fresh || fresh !== again}>
        {t("password.change")}
      </Button>
    </form>
  );
}
