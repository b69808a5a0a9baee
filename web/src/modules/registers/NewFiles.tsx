import type { StoredFile } from "@/api/types";
import { t } from "@/texts";
import { Button } from "@/ui/controls";
import { FileDrop } from "@/ui/FileDrop";
import { SelectInput } from "@/ui/SelectInput";
import type { Waiting } from "./NewRecordPage";

export const fileRoles = ["main", "appendix", "evidence", "result"] as const;

export const roleOptions = () => fileRoles.map((role) => ({ value: role, label: t(`files.role.${role}`) }));

/** Files that will hang on the record once it is saved; the first is the document itself. */
export function NewFiles({ files, onChange }: { files: Waiting[]; onChange: (change: (files: Waiting[]) => Waiting[]) => void }) {
  const add = (file: StoredFile) => onChange((now) => [...now, { file: file.id, name: file.name, role: now.some((each) => each.role === "main") ? "appendix" : "main", title: file.name.replace(/\.[^.]+$/, "") }]);
  return (
    <fieldset>
      <legend>{t("files.title")}</legend>
      <FileDrop many onStored={add} compact />
      <ul className="attached">
        {files.map((file) => (
          <li key={file.file}>
            <span className="grow one-line">{file.name}</span>
            <span style={{ width: 160 }}>
              <SelectInput value={file.role} clear={false} label={t("files.role")} options={roleOptions()} onChange={(role) => onChange((now) => now.map((each) => (each.file === file.file ? { ...each, role: role ?? "appendix" } : each)))} />
            </span>
            <Button size="small" look="quiet" onClick={() => onChange((now) => now.filter((each) => each.file !== file.file))}>
              {t("ui.drop")}
            </Button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
