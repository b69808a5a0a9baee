import { useState } from "react";
import { useDo } from "@/api/hooks";
import type { Id, RecordLabel, Step, StoredFile } from "@/api/types";
import { t } from "@/texts";
import { Button, Radio } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { FileDrop } from "@/ui/FileDrop";
import { LongTextInput } from "@/ui/inputs";
import { RecordPicker } from "@/ui/RecordPicker";
import { toast } from "@/ui/toast";
import { finish, stepsChanged, type Finish } from "./calls";
import { OpenSupport } from "./OpenSupport";

/** A lead answers for a product; others say that it is done. */
const waysOf = (step: Step): Finish["outcome"][] => (step.role === "lead" || step.role === "task" ? ["product", "no_reply", "result"] : ["done", "result"]);

/** Finishing needs a product: the issued reply, a reason for none, or a result attached. */
export function FinishDialog({ record, step, close }: { record: Id; step: Step; close: () => void }) {
  const [way, setWay] = useState<Finish["outcome"]>(waysOf(step)[0]!);
  const ways = waysOf(step);
  const [product, setProduct] = useState<RecordLabel | null>(null);
  const [reason, setReason] = useState("");
  const [file, setFile] = useState<StoredFile>();
  const [despite, setDespite] = useState(false);
  const run = useDo(
    () => finish(step.id, { outcome: way, record: way === "product" ? product?.id : undefined, reason: reason.trim() || undefined, file: way === "result" ? file?.id : undefined, despite_open: despite || undefined }),
    () => {
      stepsChanged(record);
      toast.done(t("step.finished"));
      close();
    },
  );
  const faults = run.error?.fields ?? {};
  const needsReason = despite || way === "no_reply";
  const blocked = (needsReason && !reason.trim()) || (way === "product" && !product) || (way === "result" && !file);
  return (
    <Dialog title={t("step.finish")} close={close} act={() => void run.run()} actLabel={t("step.finish")} running={run.running} blocked={blocked} error={run.error}>
      <Radio.Group value={way} onChange={(event) => setWay(event.target.value)} className="column" aria-label={t("step.outcome")}>
        {ways.map((each) => (
          <Radio key={each} value={each}>
            {t(`step.outcome.${each}`)}
          </Radio>
        ))}
      </Radio.Group>
      {way === "product" && (
        <FieldBox label={t("step.product")} required error={faults.record}>
          {(id) => <RecordPicker id={id} value={product} onChange={setProduct} />}
        </FieldBox>
      )}
      {way === "result" && (
        <FieldBox label={t("step.result_file")} error={faults.file}>
          {() =>
            file ? (
              <div className="row">
                <span className="grow one-line">{file.name}</span>
                <Button size="small" onClick={() => setFile(undefined)}>{t("ui.drop")}</Button>
              </div>
            ) : (
              <FileDrop compact onStored={setFile} />
            )
          }
        </FieldBox>
      )}
      {(despite || run.error?.code === "steps.support_open") && <OpenSupport record={record} step={step.id} despite={despite} onDespite={setDespite} />}
      {(way !== "product" || despite) && (
        <FieldBox label={needsReason ? t("ui.reason") : t("step.result_text")} required={needsReason} error={faults.reason}>
          {(id) => <LongTextInput id={id} value={reason} onChange={setReason} rows={2} />}
        </FieldBox>
      )}
    </Dialog>
  );
}
