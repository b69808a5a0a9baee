import { useState } from "react";
import { Link } from "react-router-dom";
import { cache, useDo } from "@/api/hooks";
import type { RecordLabel, RecordLink, RecordView } from "@/api/types";
import { t } from "@/texts";
import { StateBadge } from "@/ui/Badge";
import { Button, IconButton } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { Fault } from "@/ui/Fault";
import { FieldBox } from "@/ui/FieldBox";
import { CloseOutlined, PlusOutlined } from "@/ui/icons";
import { SelectInput } from "@/ui/SelectInput";
import { Empty } from "@/ui/Panel";
import { RecordPicker } from "@/ui/RecordPicker";
import { link, unlink } from "@/modules/registers/calls";

const kinds = ["related", "answers", "replaces", "corrects", "result_of", "attached_to"] as const;

export function LinksTab({ record }: { record: RecordView }) {
  const [adding, setAdding] = useState(false);
  const after = () => cache.invalidate(`/records/${record.id}`);
  const drop = useDo((one: RecordLink) => unlink(record.id, one.id), after);
  return (
    <div className="tab-pane">
      {record.may.link && (
        <div>
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("links.add")}
          </Button>
        </div>
      )}
      <Fault error={drop.error} />
      {record.links.length === 0 && <Empty title={t("links.none")}>{t("links.none_help")}</Empty>}
      <ul className="links">
        {record.links.map((each) => (
          <li key={each.id}>
            <div className="grow">
              <div className="small quiet">{each.kind_label}</div>
              <Link to={`/records/${each.record.id}`}>{each.record.title}</Link>
            </div>
            <StateBadge state={each.record.state} />
            {each.removable && <IconButton name={t("links.drop")} icon={<CloseOutlined />} size="small" onClick={() => void drop.run(each)} />}
          </li>
        ))}
      </ul>
      {adding && <LinkDialog record={record} close={() => setAdding(false)} after={after} />}
    </div>
  );
}

function LinkDialog({ record, close, after }: { record: RecordView; close: () => void; after: () => void }) {
  const [to, setTo] = useState<RecordLabel | null>(null);
  const [kind, setKind] = useState<string>("related");
  const options = kinds.map((each) => ({ value: each, label: t(`links.kind.${each}`) }));
  const run = useDo(() => link(record.id, to!.id, kind), () => {
    after();
    close();
  });
  return (
    <Dialog title={t("links.add")} close={close} act={() => void run.run()} actLabel={t("links.add")} running={run.running} blocked={!to} error={run.error}>
      <FieldBox label={t("links.kind")}>{(id) => <SelectInput id={id} value={kind} onChange={(chosen) => setKind(chosen ?? "related")} options={options} clear={false} />}</FieldBox>
      <FieldBox label={t("links.to")} required error={run.error?.fields.to}>{(id) => <RecordPicker id={id} value={to} onChange={setTo} />}</FieldBox>
    </Dialog>
  );
}
