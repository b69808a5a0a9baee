import { useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router-dom";
import { withQuery } from "@/api/client";
import { useGet, usePages } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { BulkResult, Page as PageOf, Queue, Register, Row, SavedFilter } from "@/api/types";
import { showDay } from "@/base/dates";
import { showCount } from "@/base/numbers";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { StateBadge, UrgencyBadge } from "@/ui/Badge";
import { Button, IconButton } from "@/ui/controls";
import { DataList, useColumns, type Key } from "@/ui/DataList";
import { CloseOutlined, PlusOutlined } from "@/ui/icons";
import { TextInput, useLater } from "@/ui/inputs";
import { SelectInput } from "@/ui/SelectInput";
import { useNarrow } from "@/ui/narrow";
import { Empty, State } from "@/ui/Panel";
import { Tabs } from "@/ui/Tabs";
import { BulkActs } from "./BulkActs";
import { useFilters, useRegister } from "./calls";
import { Counters } from "./Counters";
import { ExportMenu } from "./ExportMenu";
import { linkedColumn, registerColumns } from "./columns";
import { FieldFilters, FilterChips } from "./FieldFilters";
import { fieldFilters } from "./filter";
import { SaveFilter } from "./SaveFilter";
import "./registers.css";

export function RegisterPage() {
  const { register: code = "" } = useParams();
  const register = useRegister(code);
  return <State of={register}>{(declared) => <List key={declared.code} register={declared} />}</State>;
}

function List({ register }: { register: Register }) {
  const [parameters, setParameters] = useSearchParams();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const { session } = useSigned();
  const [q, setQ] = useState(parameters.get("q") ?? "");
  const asked = useLater(q.trim());
  const saved = useFilters(register.code);
  const filter = saved.data?.find((each) => String(each.id) === parameters.get("saved"));
  const queue = parameters.get("queue");
  const state = parameters.get("state");
  const counter = parameters.get("counter");
  const on = parameters.get("on");
  const order = parameters.get("order") ?? undefined;
  const filters = fieldFilters(parameters, register.fields);
  const query = { queue, counter, on: counter ? on : null, filter: parameters.get("filter") ?? filter?.content.filter, q: asked, state, ...filters, order };
  const waitingForFilter = parameters.get("saved") !== null && !saved.data && !saved.error;
  const rows = usePages<Row>(waitingForFilter ? null : withQuery(`/registers/${register.code}/records`, query));
  const columns = registerColumns(register);
  const { shown } = useColumns(columns, `register.${register.code}`);

  const [current, setCurrent] = useState<number | null>(null);
  const [selected, setSelected] = useState<Set<Key>>(new Set());
  const [results, setResults] = useState<Map<number, BulkResult>>();

  const go = (change: Record<string, string | null>) => {
    const next = new URLSearchParams(parameters);
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setParameters(next, { replace: true });
    setSelected(new Set());
    setResults(undefined);
    setCurrent(null);
  };
  /** What failed stays ticked, with its reason beside it. */
  const showResults = (told: Map<number, BulkResult>) => {
    setResults(told);
    setSelected(new Set([...told.values()].filter((each) => !each.done).map((each) => each.id)));
  };
  const tab = counter ? "" : parameters.get("saved") ? `saved-${parameters.get("saved")}` : queue ? `queue-${queue}` : "all";
  const chooseTab = (key: string) => go({ counter: null, queue: key.startsWith("queue-") ? key.slice(6) : null, saved: key.startsWith("saved-") ? key.slice(6) : null });
  const filtered = Boolean(asked || state || Object.keys(filters).length || queue || filter || counter);
  const counted = register.counters?.find((each) => each.code === counter);

  return (
    <Page
      tall
      title={register.title}
      under={register.basis}
      actions={
        <div className="row wrap">
          {register.book && register.may.books && <Link to={`/registers/${register.code}/books`}>{t("books.title")}</Link>}
          {!narrow && <ExportMenu register={register.code} query={{ ...query, columns: shown.map((column) => column.code).join(",") }} />}
          {register.may.create && (
            <Button look="primary" icon={<PlusOutlined />} onClick={() => navigate(`/registers/${register.code}/new`)}>
              {t("registers.new")}
            </Button>
          )}
        </div>
      }
    >
      <Tabs
        label={register.title}
        active={tab}
        onChange={chooseTab}
        items={[
          { key: "all", label: t("registers.all") },
          ...(register.queues ?? []).map((each) => ({ key: `queue-${each.code}`, label: <QueueLabel register={register.code} queue={each} /> })),
          ...(saved.data ?? []).map((each) => ({ key: `saved-${each.id}`, label: each.count ? `${each.name} (${showCount(each.count)})` : each.name })),
        ]}
      />
      {register.counters && register.counters.length > 0 && <Counters register={register.code} on={on} chosen={counter} onDay={(day) => go({ on: day })} />}
      <div className="tools">
        <span className="find">
          <TextInput value={q} onChange={setQ} type="search" label={t("registers.find")} placeholder={t("registers.find")} clear />
        </span>
        <span className="of-state">
          <SelectInput value={state} onChange={(chosen) => go({ state: chosen })} options={register.states.map((each) => ({ value: each.code, label: each.label }))} label={t("record.state")} placeholder={t("registers.any_state")} />
        </span>
        <FieldFilters register={register} filters={filters} onChange={(code, value) => go({ [code]: value })} />
        <SaveFilter register={register} filters={filters} state={state} base={query.filter} current={filter as SavedFilter | undefined} order={order} columns={shown.map((column) => column.code)} onSaved={(id) => go({ saved: id === null ? null : String(id), queue: null })} />
        {counted && (
          <span className="chip">
            {t("counters.counted", { figure: counted.label, day: showDay(on ?? session.server.today) })}
            <IconButton name={t("counters.drop")} icon={<CloseOutlined />} size="small" onClick={() => go({ counter: null, on: null })} />
          </span>
        )}
        <FilterChips register={register} filters={filters} onDrop={(code) => go({ [code]: null })} />
      </div>
      <DataList
        label={register.title}
        columns={columns}
        linked={shown.some((column) => column.code === linkedColumn(register)) ? linkedColumn(register) : undefined}
        rows={rows}
        fixed
        rowKey={(row) => row.id}
        href={(row) => `/records/${row.id}`}
        current={current ?? rows.data?.[0]?.id}
        onCurrent={(row) => setCurrent(row.id)}
        selected={selected}
        onSelected={setSelected}
        strip={<BulkActs register={register} rows={(rows.data ?? []).filter((row) => selected.has(row.id))} onResults={showResults} />}
        result={results && ((row) => <Result result={results.get(row.id)} />)}
        order={order}
        onOrder={(wanted) => go({ order: wanted })}
        remember={`register.${register.code}`}
        card={(row) => <Card register={register} row={row} />}
        empty={
          filtered ? (
            <Empty title={t("registers.none_found")}>{t("registers.none_found_help")}</Empty>
          ) : (
            <Empty title={t("registers.empty", { register: register.title })} action={register.may.create ? <Button look="primary" onClick={() => navigate(`/registers/${register.code}/new`)}>{t("registers.first")}</Button> : undefined}>
              {register.may.create ? t("registers.empty_may") : t("registers.empty_may_not")}
            </Empty>
          )
        }
      />
    </Page>
  );
}

function QueueLabel({ register, queue }: { register: string; queue: Queue }) {
  const asked = useGet<PageOf<Row>>(withQuery(`/registers/${register}/records`, { queue: queue.code, limit: 1 }));
  const count = asked.data?.count;
  return <>{count ? `${queue.label} (${showCount(count)})` : queue.label}</>;
}

function Result({ result }: { result?: BulkResult }) {
  if (!result) return null;
  return <span className={result.done ? "result-ok" : "result-no"}>{result.done ? t("list.done") : (result.message ?? t("list.failed"))}</span>;
}

/** Under the title of a card: the author's side of a document, else the first of the list's other columns. */
function underTitle(register: Register, row: Row): string[] {
  const document = [row.shown.notation, row.shown.sender ?? row.shown.author].filter((each): each is string => Boolean(each));
  if (document.length > 0) return document;
  return register.list
    .filter((code) => code !== linkedColumn(register) && code !== "urgency" && code !== register.book?.field)
    .flatMap((code) => {
      const text = row.shown[code];
      const field = register.fields.find((each) => each.code === code);
      return text && field && field.type !== "yes_no" && !row.title.includes(text) ? [field.type === "date" ? `${field.label}: ${text}` : text] : [];
    })
    .slice(0, 2);
}

function Card({ register, row }: { register: Register; row: Row }) {
  const urgency = row.values.urgency;
  return (
    <>
      <span className="title">{row.title}</span>
      <span className="row wrap small">
        <StateBadge state={row.state} />
        {urgency && <UrgencyBadge urgency={{ code: String(urgency), label: row.shown.urgency ?? String(urgency) }} />}
        <span className="quiet">{underTitle(register, row).join(" · ")}</span>
      </span>
    </>
  );
}
