import { useState } from "react";
import { post, put, withQuery } from "@/api/client";
import { cache, useDo, usePages } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { Person, Proposed } from "@/api/types";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Confirm, ReasonDialog } from "@/ui/Confirm";
import { Button } from "@/ui/controls";
import { DataList, type Column } from "@/ui/DataList";
import { Dialog } from "@/ui/Dialog";
import { PlusOutlined } from "@/ui/icons";
import { TextInput, useLater } from "@/ui/inputs";
import { Empty } from "@/ui/Panel";
import { AccountDialog, PersonDialog } from "./PersonDialogs";
import { tellProposed } from "./proposed";

type Doing = { what: "person"; person?: Person } | { what: "account" | "state" | "reset"; person: Person } | null;

const isActive = (state: string) => state === "active";

const stateText = (state: string) => (state === "active" ? t("people.active") : state === "locked" ? t("people.locked") : t("people.disabled"));

/** People, the posts they fill and their accounts. */
export function AccountsSection() {
  const [q, setQ] = useState("");
  const asked = useLater(q.trim());
  const people = usePages<Person>(withQuery("/persons", { q: asked }));
  const [doing, setDoing] = useState<Doing>(null);
  const [current, setCurrent] = useState<number | null>(null);
  const may = useSigned().session.permissions.includes("administer");
  const [password, setPassword] = useState<string>();
  const after = (first?: { first_password?: string } | void) => {
    cache.invalidate("/persons", "/accounts", "/directory", "/right-changes");
    setDoing(null);
    if (first && first.first_password) setPassword(first.first_password);
  };
  const columns: Column<Person>[] = [
    { code: "full_name", label: t("people.full_name"), width: 220, render: (person) => person.full_name },
    { code: "rank", label: t("people.rank"), width: 150, render: (person) => person.rank },
    { code: "posts", label: t("people.posts"), render: (person) => person.posts.map((each) => [each.title, each.unit?.name].filter(Boolean).join(", ")).join("; ") },
    { code: "phone", label: t("people.phone"), width: 130, optional: true, render: (person) => person.phone },
    {
      code: "account",
      label: t("people.account"),
      width: 190,
      render: (person) =>
        person.account ? (
          <>
            {person.account.login} <Badge tone={isActive(person.account.state) ? "green" : "volcano"}>{stateText(person.account.state)}</Badge>
          </>
        ) : (
          <span className="quiet">{t("people.no_account")}</span>
        ),
    },
    {
      code: "acts",
      label: t("people.acts"),
      width: 300,
      render: (person) => (
        <span className="row wrap" style={{ gap: 4 }}>
          <Button size="small" look="quiet" onClick={() => setDoing({ what: "person", person })}>{t("people.edit")}</Button>
          {!person.account && <Button size="small" look="quiet" onClick={() => setDoing({ what: "account", person })}>{t("people.open_account")}</Button>}
          {person.account && <Button size="small" look="quiet" onClick={() => setDoing({ what: "state", person })}>{isActive(person.account.state) ? t("people.lock") : t("people.unlock")}</Button>}
          {person.account && <Button size="small" look="quiet" onClick={() => setDoing({ what: "reset", person })}>{t("people.reset")}</Button>}
        </span>
      ),
    },
  ];
  return (
    <>
      <div className="row wrap">
        <span style={{ width: 280 }}>
          <TextInput value={q} onChange={setQ} type="search" label={t("people.find")} placeholder={t("people.find")} clear />
        </span>
        <span className="grow" />
        {may && <Button look="primary" icon={<PlusOutlined />} onClick={() => setDoing({ what: "person" })}>{t("people.add")}</Button>}
      </div>
      <DataList
        label={t("organisation.accounts")}
        columns={may ? columns : columns.slice(0, 4)}
        rows={people}
        rowKey={(person) => person.id}
        current={current}
        onCurrent={(person) => setCurrent(person.id)}
        onOpen={(person) => may && setDoing({ what: "person", person })}
        remember="people"
        card={(person) => (
          <>
            <span className="title">{person.full_name}</span>
            <span className="small quiet">{person.posts.map((each) => each.title).join("; ")}</span>
            <span className="small">{person.account ? t("people.account_is", { login: person.account.login }) : t("people.without_account")}</span>
          </>
        )}
        empty={<Empty title={t("people.none")}>{t("people.none_help")}</Empty>}
      />
      {doing?.what === "person" && <PersonDialog person={doing.person} close={() => setDoing(null)} after={() => after()} />}
      {doing?.what === "account" && <AccountDialog person={doing.person} close={() => setDoing(null)} after={after} />}
      {doing?.what === "state" && <StateDialog person={doing.person} close={() => setDoing(null)} after={() => after()} />}
      {doing?.what === "reset" && <ResetDialog person={doing.person} close={() => setDoing(null)} after={after} />}
      <Dialog title={t("people.first_password")} open={password !== undefined} close={() => setPassword(undefined)} width={460}>
        <p>{t("people.first_password_help")}</p>
        <div className="once">{password}</div>
      </Dialog>
    </>
  );
}

function StateDialog({ person, close, after }: { person: Person; close: () => void; after: () => void }) {
  const active = isActive(person.account!.state);
  const run = useDo((reason: string) => put<Proposed>(`/accounts/${person.account!.id}/state`, { state: active ? "disabled" : "active", reason }), (told) => {
    tellProposed(told);
    after();
  });
  const title = active ? t("people.lock") : t("people.unlock");
  return <ReasonDialog title={`${title}: ${person.full_name}`} actLabel={title} danger={active} running={run.running} error={run.error} close={close} act={(reason) => void run.run(reason)} />;
}

function ResetDialog({ person, close, after }: { person: Person; close: () => void; after: (first: { first_password?: string }) => void }) {
  const run = useDo(() => post<{ first_password?: string }>(`/accounts/${person.account!.id}/password-reset`), after);
  return <Confirm title={t("people.reset")} text={t("people.reset_text", { person: person.full_name })} actLabel={t("people.reset")} danger running={run.running} error={run.error} close={close} act={() => void run.run()} />;
}
