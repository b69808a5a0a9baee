import { useState } from "react";
import { post as send, put } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { Party, Post, Proposed, Role, Unit } from "@/api/types";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { PlusOutlined } from "@/ui/icons";
import { DateInput } from "@/ui/DateInput";
import { TextInput } from "@/ui/inputs";
import { SelectManyInput } from "@/ui/SelectInput";
import { Panel } from "@/ui/Panel";
import { PartyPicker } from "@/ui/PartyPicker";
import { span } from "./names";
import { tellProposed } from "./proposed";

type Doing = { what: "add" } | { what: "rename" | "roles" | "holder"; post: Post } | null;

/** The posts of a unit: their roles, who fills them and how much work waits there. */
export function PostsPanel({ unit }: { unit: Unit }) {
  const path = `/units/${unit.id}/posts`;
  const may = useSigned().session.permissions.includes("administer");
  const posts = useGet<Post[]>(path);
  const roles = useGet<Role[]>("/roles");
  const [doing, setDoing] = useState<Doing>(null);
  const titleOf = (code: string) => roles.data?.find((role) => role.code === code)?.title ?? code;
  const close = () => setDoing(null);
  const after = () => {
    cache.invalidate(path, "/directory", "/right-changes", "/persons");
    close();
  };
  return (
    <Panel
      title={t("posts.title")}
      action={may && <Button size="small" icon={<PlusOutlined />} onClick={() => setDoing({ what: "add" })}>{t("posts.add")}</Button>}
      state={posts}
      empty={t("posts.none")}
    >
      {posts.data?.map((post) => (
        <div key={post.id} className="post">
          <div className="row wrap">
            <span className="strong">{post.title}</span>
            {post.roles.map((role) => (
              <Badge key={role} tone="grey">{titleOf(role)}</Badge>
            ))}
            {post.change && <Badge tone="blue">{t("rights.state.waiting")}</Badge>}
            <span className="grow" />
            {may && <Button size="small" look="quiet" onClick={() => setDoing({ what: "rename", post })}>{t("posts.rename")}</Button>}
            {may && <Button size="small" look="quiet" onClick={() => setDoing({ what: "roles", post })}>{t("posts.roles")}</Button>}
            {may && <Button size="small" look="quiet" onClick={() => setDoing({ what: "holder", post })}>{t("posts.holder")}</Button>}
          </div>
          {post.holders.length === 0 && <div className="quiet">{t("posts.empty")}</div>}
          {post.holders.map((holder) => (
            <div key={`${holder.person.id}-${holder.valid_from}`}>
              {holder.person.full_name} <span className="quiet small">{span(holder.valid_from, holder.valid_to)}</span>
            </div>
          ))}
          {!!post.open_steps && <div className="small quiet">{t("posts.open_steps", { count: post.open_steps })}</div>}
        </div>
      ))}
      {doing?.what === "add" && <TitleDialog unit={unit} roles={roles.data ?? []} close={close} after={after} />}
      {doing?.what === "rename" && <TitleDialog unit={unit} post={doing.post} roles={roles.data ?? []} close={close} after={after} />}
      {doing?.what === "roles" && <RolesDialog post={doing.post} roles={roles.data ?? []} close={close} after={after} />}
      {doing?.what === "holder" && <HolderDialog post={doing.post} close={close} after={after} />}
    </Panel>
  );
}

interface DialogProps {
  close: () => void;
  after: () => void;
}

const roleOptions = (roles: Role[]) => roles.map((role) => ({ value: role.code, label: role.title }));

function TitleDialog({ unit, post, roles, close, after }: DialogProps & { unit: Unit; post?: Post; roles: Role[] }) {
  const [title, setTitle] = useState(post?.title ?? "");
  const [chosen, setChosen] = useState<string[]>(post?.roles ?? []);
  const [to, setTo] = useState<string | null>(null);
  const save = useDo(() => (post ? put(`/posts/${post.id}`, { title: title.trim(), valid_to: to }) : send("/posts", { unit: unit.id, title: title.trim(), roles: chosen })), after);
  return (
    <Dialog title={post ? t("posts.rename") : t("posts.add_in", { unit: unit.name })} close={close} act={() => void save.run()} running={save.running} error={save.error} blocked={!title.trim()} width={460}>
      <FieldBox label={t("posts.name")} required error={save.error?.fields.title}>{(id) => <TextInput id={id} value={title} onChange={setTitle} autoFocus />}</FieldBox>
      {post && <FieldBox label={t("posts.ends")} error={save.error?.fields.valid_to} help={t("posts.ends_help")}>{(id) => <DateInput id={id} value={to} onChange={setTo} />}</FieldBox>}
      {!post && <FieldBox label={t("posts.roles")} error={save.error?.fields.roles}>{(id) => <SelectManyInput id={id} value={chosen} onChange={setChosen} options={roleOptions(roles)} />}</FieldBox>}
    </Dialog>
  );
}

function RolesDialog({ post, roles, close, after }: DialogProps & { post: Post; roles: Role[] }) {
  const [chosen, setChosen] = useState<string[]>(post.roles);
  const save = useDo(() => put<Proposed>(`/posts/${post.id}/roles`, { roles: chosen }), (told) => {
    tellProposed(told);
    after();
  });
  return (
    <Dialog title={t("posts.roles_of", { post: post.title })} close={close} act={() => void save.run()} running={save.running} error={save.error} width={460}>
      <FieldBox label={t("posts.roles")} error={save.error?.fields.roles} help={t("rights.help")}>{(id) => <SelectManyInput id={id} value={chosen} onChange={setChosen} options={roleOptions(roles)} />}</FieldBox>
    </Dialog>
  );
}

function HolderDialog({ post, close, after }: DialogProps & { post: Post }) {
  const { session } = useSigned();
  const [person, setPerson] = useState<Party | null>(null);
  const [from, setFrom] = useState<string | null>(session.server.today);
  const [to, setTo] = useState<string | null>(null);
  const [basis, setBasis] = useState("");
  const save = useDo(() => send<Proposed>(`/posts/${post.id}/holders`, { person: person?.id ?? null, valid_from: from, valid_to: to, basis: basis.trim() || null }), (told) => {
    tellProposed(told);
    after();
  });
  const faults = save.error?.fields ?? {};
  return (
    <Dialog title={t("posts.holder_of", { post: post.title })} close={close} act={() => void save.run()} running={save.running} error={save.error} blocked={!from} width={460} danger={!person} actLabel={person ? undefined : t("posts.vacate")}>
      <FieldBox label={t("posts.person")} error={faults.person} help={t("posts.vacant_help")}>{(id) => <PartyPicker id={id} kinds="person" value={person} onChange={setPerson} autoFocus />}</FieldBox>
      <div className="form-grid">
        <FieldBox label={t("posts.from")} required error={faults.valid_from}>{(id) => <DateInput id={id} value={from} onChange={setFrom} />}</FieldBox>
        <FieldBox label={t("posts.to")} error={faults.valid_to}>{(id) => <DateInput id={id} value={to} onChange={setTo} />}</FieldBox>
      </div>
      <FieldBox label={t("units.basis")} error={faults.basis}>{(id) => <TextInput id={id} value={basis} onChange={setBasis} />}</FieldBox>
      {!!post.open_steps && <div className="quiet small">{t("posts.holder_help", { count: post.open_steps })}</div>}
    </Dialog>
  );
}
