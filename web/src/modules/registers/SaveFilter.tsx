import { useState } from "react";
import { post, put, remove } from "@/api/client";
import { cache, useDo } from "@/api/hooks";
import type { Id, Register, SavedFilter } from "@/api/types";
import { t } from "@/texts";
import { Button, Checkbox } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { SaveOutlined } from "@/ui/icons";
import { TextInput } from "@/ui/inputs";
import { expressionOf } from "./filter";

interface Props {
  register: Register;
  filters: Record<string, string>;
  state: string | null;
  base?: string | null;
  order?: string;
  columns: string[];
  current?: SavedFilter;
  onSaved: (id: Id | null) => void;
}

/** A named queue with a count: one's own or the agency's. */
export function SaveFilter({ register, filters, state, base, order, columns, current, onSaved }: Props) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const path = `/registers/${register.code}/filters`;
  const after = () => cache.invalidate(path);
  const expression = expressionOf(filters, state, register.fields, base ?? undefined);
  const save = useDo(
    async () => {
      const body = { name: name.trim(), shared, content: { filter: expression, columns, order } };
      return current ? await put<SavedFilter>(`${path}/${current.id}`, body) : await post<SavedFilter>(path, body);
    },
    (kept) => {
      after();
      setOpen(false);
      if (kept) onSaved(kept.id);
    },
  );
  const drop = useDo(
    () => remove(`${path}/${current!.id}`),
    () => {
      after();
      setOpen(false);
      onSaved(null);
    },
  );
  if (!expression) return null;
  return (
    <>
      <Button
        look="quiet"
        icon={<SaveOutlined />}
        onClick={() => {
          setName(current?.name ?? "");
          setShared(current?.shared ?? false);
          setOpen(true);
        }}
      >
        {current ? t("registers.filter_edit") : t("registers.filter_save")}
      </Button>
      <Dialog
        title={current ? t("registers.filter_edit") : t("registers.filter_save")}
        open={open}
        close={() => setOpen(false)}
        act={() => void save.run()}
        running={save.running}
        blocked={!name.trim()}
        error={save.error ?? drop.error}
        width={460}
        extra={
          current && (
            <Button look="danger" onClick={() => void drop.run()} loading={drop.running}>
              {t("registers.filter_delete")}
            </Button>
          )
        }
      >
        <FieldBox label={t("registers.filter_name")} required error={save.error?.fields.name}>
          {(id) => <TextInput id={id} value={name} onChange={setName} maxLength={80} autoFocus />}
        </FieldBox>
        <div className="quiet small">{t("registers.filter_help")}</div>
        <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
          {t("registers.filter_shared")}
        </Checkbox>
      </Dialog>
    </>
  );
}
