import { useState } from "react";
import { stampedOf } from "@/api/files";
import { cache, useDo } from "@/api/hooks";
import type { RecordFile, RecordView, Register, StoredFile } from "@/api/types";
import { showSize } from "@/base/numbers";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Button, Checkbox, IconButton } from "@/ui/controls";
import { Confirm, ReasonDialog } from "@/ui/Confirm";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { FileDrop } from "@/ui/FileDrop";
import { DeleteOutlined, PlusOutlined } from "@/ui/icons";
import { TextInput } from "@/ui/inputs";
import { SelectInput } from "@/ui/SelectInput";
import { FileView } from "@/ui/pdf/PdfView";
import { Empty } from "@/ui/Panel";
import { attach, detach } from "@/modules/registers/calls";
import { roleOptions } from "@/modules/registers/NewFiles";

/** The document and what hangs on it, one shown at a time. */
export function FilesPane({ record, register }: { record: RecordView; register: Register }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [stamped, setStamped] = useState(false);
  const [adding, setAdding] = useState(false);
  const [dropping, setDropping] = useState<RecordFile | null>(null);
  const file = record.files.find((each) => each.attachment === chosen) ?? record.files.find((each) => each.role === "main") ?? record.files[0];
  const after = () => cache.invalidate(`/records/${record.id}`);
  const drop = useDo((reason?: string) => detach(record.id, dropping!.attachment, reason), () => {
    setDropping(null);
    setChosen(null);
    after();
  });
  const asking = { title: t("files.detach"), actLabel: t("files.detach"), danger: true, running: drop.running, error: drop.error, close: () => setDropping(null) };
  const stampable = register.code === "incoming" && file?.role === "main" && file.media_type === "application/pdf" && record.values.arrival_number != null;

  return (
    <>
      <div className="file-tabs">
        {record.files.map((each) => (
          <button key={each.attachment} type="button" className="file" aria-pressed={each === file} onClick={() => setChosen(each.attachment)} title={`${each.name} · ${showSize(each.size)}`}>
            {each.role_label}
            {each.role !== "main" && each.title ? `: ${each.title}` : ""}
          </button>
        ))}
        {record.may.attach && (
          <Button size="small" look="quiet" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("files.add")}
          </Button>
        )}
        <span className="grow" />
        {stampable && (
          <Checkbox checked={stamped} onChange={(event) => setStamped(event.target.checked)}>
            {t("files.stamped")}
          </Checkbox>
        )}
        {file && record.may.attach && <IconButton name={t("files.detach")} icon={<DeleteOutlined />} size="small" onClick={() => setDropping(file)} />}
      </div>
      {file?.state === "unreadable" && (
        <div className="warn">
          <Badge tone="amber">{file.state_label ?? t("files.unreadable")}</Badge> {file.reason}
        </div>
      )}
      {file ? (
        <FileView key={`${file.file}:${stamped}`} file={file} address={stamped && stampable ? stampedOf(file.file, record.id) : undefined} />
      ) : (
        <Empty title={t("files.none")}>{record.may.attach ? t("files.none_may") : t("files.none_may_not")}</Empty>
      )}
      {adding && <AddDialog record={record} close={() => setAdding(false)} after={after} />}
      {dropping && !record.registered && <Confirm {...asking} text={t("files.detach_text", { file: dropping.name })} act={() => void drop.run()} />}
      {dropping && record.registered && <ReasonDialog {...asking} text={t("files.detach_registered", { file: dropping.name })} act={(reason) => void drop.run(reason)} />}
    </>
  );
}

function AddDialog({ record, close, after }: { record: RecordView; close: () => void; after: () => void }) {
  const [stored, setStored] = useState<StoredFile>();
  const [role, setRole] = useState<string>(record.files.some((file) => file.role === "main") ? "appendix" : "main");
  const [title, setTitle] = useState("");
  const run = useDo(() => attach(record.id, { file: stored!.id, role, title: title.trim() || stored!.name }), () => {
    after();
    close();
  });
  return (
    <Dialog title={t("files.add")} close={close} act={() => void run.run()} actLabel={t("files.attach")} running={run.running} blocked={!stored} error={run.error}>
      {stored ? (
        <div className="row">
          <span className="grow one-line">{stored.name}</span>
          <span className="quiet small">{showSize(stored.size)}</span>
          <Button size="small" onClick={() => setStored(undefined)}>{t("ui.drop")}</Button>
        </div>
      ) : (
        <FileDrop
          onStored={(file) => {
            setStored(file);
            setTitle(file.name.replace(/\.[^.]+$/, ""));
          }}
        />
      )}
      <FieldBox label={t("files.role")}>{(id) => <SelectInput id={id} value={role} onChange={(chosen) => setRole(chosen ?? "appendix")} options={roleOptions()} clear={false} />}</FieldBox>
      <FieldBox label={t("files.name")} error={run.error?.fields.title}>{(id) => <TextInput id={id} value={title} onChange={setTitle} />}</FieldBox>
    </Dialog>
  );
}
