import { useState } from "react";
import { useParams, useSearchParams } from "react-router-dom";
import { useGet } from "@/api/hooks";
import type { RecordView, Register, Step } from "@/api/types";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { SecrecyBadge, StateBadge, UrgencyBadge } from "@/ui/Badge";
import { useNarrow } from "@/ui/narrow";
import { State } from "@/ui/Panel";
import { Tabs } from "@/ui/Tabs";
import { useRegister } from "@/modules/registers/calls";
import { Warnings } from "@/modules/registers/Warnings";
import { ownStep, useStepKeys } from "@/modules/steps/stepKeys";
import { AccessTab } from "./AccessTab";
import { FilesPane } from "./FilesPane";
import { HistoryTab } from "./HistoryTab";
import { InfoTab } from "./InfoTab";
import { LinksTab } from "./LinksTab";
import { RecordActs } from "./RecordActs";
import { StepsTab } from "./StepsTab";
import "./records.css";

export function RecordPage() {
  const { record: id = "" } = useParams();
  const record = useGet<RecordView>(`/records/${id}`);
  const register = useRegister(record.data?.register, record.data?.form_version);
  return (
    <State of={record}>
      {(shown) => <State of={register}>{(declared) => <Whole key={shown.id} record={shown} register={declared} />}</State>}
    </State>
  );
}

function Whole({ record, register }: { record: RecordView; register: Register }) {
  const [parameters, setParameters] = useSearchParams();
  const narrow = useNarrow();
  const [dirty, setDirty] = useState(false);
  const hasFiles = record.files.length > 0;
  // What is given out to be worked on opens at its steps; an entry of a plain register at what it says.
  const worked = parameters.has("step") || register.actions.some((action) => action.code === "assign");
  const tab = parameters.get("tab") ?? (worked ? "steps" : "info");
  const go = (key: string) => {
    const next = new URLSearchParams(parameters);
    next.set("tab", key);
    setParameters(next, { replace: true });
  };
  const steps = useGet<Step[]>(`/records/${record.id}/steps`);
  const { dialog } = useStepKeys(record, ownStep(steps.data, Number(parameters.get("step")) || undefined), () => go("links"));
  const urgency = record.values.urgency;
  const under = [register.title, record.shown.notation, record.shown.sender ?? record.shown.author, record.unit?.name ?? record.agency?.name];

  const items = [
    { key: "steps", label: t("record.steps"), children: <StepsTab record={record} highlight={Number(parameters.get("step")) || undefined} /> },
    { key: "info", label: dirty ? `${t("record.info")} *` : t("record.info"), children: <InfoTab record={record} register={register} onDirty={setDirty} /> },
    { key: "links", label: record.links.length ? `${t("record.links")} (${record.links.length})` : t("record.links"), children: <LinksTab record={record} /> },
    { key: "history", label: t("record.history"), children: <HistoryTab record={record.id} /> },
    { key: "access", label: t("record.access"), children: <AccessTab record={record.id} /> },
  ];
  if (!hasFiles) items.splice(2, 0, { key: "files", label: t("record.files"), children: <div className="tab-pane"><FilesPane record={record} register={register} /></div> });

  return (
    <Page
      tall={!narrow}
      title={record.title}
      badges={
        <>
          <StateBadge state={record.state} />
          {urgency && <UrgencyBadge urgency={{ code: String(urgency), label: record.shown.urgency ?? String(urgency) }} />}
          <SecrecyBadge secrecy={record.secrecy} />
        </>
      }
      under={under.filter(Boolean).join(" · ")}
      actions={<RecordActs record={record} register={register} />}
    >
      <Warnings warnings={record.warnings} />
      {dialog}
      <div className={`record ${hasFiles ? "" : "without-file"}`}>
        {hasFiles && (
          <div className="record-file">
            <FilesPane record={record} register={register} />
          </div>
        )}
        <div className="record-side">
          <Tabs label={record.title} active={items.some((item) => item.key === tab) ? tab : "steps"} onChange={go} items={items} />
        </div>
      </div>
    </Page>
  );
}
