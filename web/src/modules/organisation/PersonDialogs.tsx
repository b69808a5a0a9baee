import { useState } from "react";
import { post, put } from "@/api/client";
import { useDo } from "@/api/hooks";
import type { Person } from "@/api/types";
import { fold } from "@/base/numbers";
import { t } from "@/texts";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { TextInput } from "@/ui/inputs";

export function PersonDialog({ person, close, after }: { person?: Person; close: () => void; after: () => void }) {
  const [name, setName] = useState(person?.full_name ?? "");
  const [rank, setRank] = useState(person?.rank ?? "");
  const [phone, setPhone] = useState(person?.phone ?? "");
  const [email, setEmail] = useState(person?.email ?? "");
  const save = useDo(() => {
    const body = { full_name: name.trim(), rank: rank.trim() || null, phone: phone.trim() || null, email: email.trim() || null };
    return person ? put(`/persons/${person.id}`, body) : post("/persons", body);
  }, after);
  const faults = save.error?.fields ?? {};
  return (
    <Dialog title={person ? t("people.edit_of", { person: person.full_name }) : t("people.add")} close={close} act={() => void save.run()} running={save.running} error={save.error} blocked={!name.trim()} width={500}>
      <div className="form-grid">
        <FieldBox label={t("people.full_name")} required error={faults.full_name} wide>{(id) => <TextInput id={id} value={name} onChange={setName} autoFocus />}</FieldBox>
        <FieldBox label={t("people.rank")} error={faults.rank}>{(id) => <TextInput id={id} value={rank} onChange={setRank} />}</FieldBox>
        <FieldBox label={t("people.phone")} error={faults.phone}>{(id) => <TextInput id={id} value={phone} onChange={setPhone} />}</FieldBox>
        <FieldBox label={t("people.email")} error={faults.email} wide>{(id) => <TextInput id={id} value={email} onChange={setEmail} />}</FieldBox>
      </div>
    </Dialog>
  );
}

/** "Nguyễn Thị Minh Hạnh" → "hanh.ntm", as logins are made in most offices. */
export function loginOf(name: string): string {
  const words = fold(name).split(/\s+/).filter(Boolean);
  const given = words.pop() ?? "";
  return words.length ? `${given}.${words.map((word) => word[0]).join("")}` : given;
}

export function AccountDialog({ person, close, after }: { person: Person; close: () => void; after: (first: { first_password?: string }) => void }) {
  const [login, setLogin] = useState(loginOf(person.full_name));
  const save = useDo(() => post<{ first_password?: string }>("/accounts", { person: person.id, login: login.trim() }), after);
  return (
    <Dialog title={t("people.open_account_of", { person: person.full_name })} close={close} act={() => void save.run()} actLabel={t("people.open_account")} running={save.running} error={save.error} blocked={!login.trim()} width={440}>
      <FieldBox label={t("session.login")} required error={save.error?.fields.login}>{(id) => <TextInput id={id} value={login} onChange={setLogin} autoFocus />}</FieldBox>
      <div className="quiet small">{t("people.open_account_help")}</div>
    </Dialog>
  );
}
