import { useEffect, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router-dom";
import { withQuery } from "@/api/client";
import { useGet, usePages } from "@/api/hooks";
import { useRegisters } from "@/api/registers";
import { useSigned } from "@/api/session";
import type { Party, SearchHit } from "@/api/types";
import { addDays, showDay } from "@/base/dates";
import { useKeys } from "@/base/keys";
import { showCount } from "@/base/numbers";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Badge, StateBadge } from "@/ui/Badge";
import { Button } from "@/ui/controls";
import { FieldBox } from "@/ui/FieldBox";
import { DateInput } from "@/ui/DateInput";
import { TextInput } from "@/ui/inputs";
import { SelectInput } from "@/ui/SelectInput";
import { useNarrow } from "@/ui/narrow";
import { Empty, State } from "@/ui/Panel";
import "./search.css";

export function SearchPage() {
  const [parameters, setParameters] = useSearchParams();
  const q = parameters.get("q") ?? "";
  const register = parameters.get("register");
  const from = parameters.get("from");
  const to = parameters.get("to");
  const hits = usePages<SearchHit>(q ? withQuery("/search", { q, register, from, to }) : null);
  const narrow = useNarrow();
  const navigate = useNavigate();
  const [current, setCurrent] = useState(0);
  useEffect(() => setCurrent(0), [q, register, from, to]);

  const go = (change: Record<string, string | null>) => {
    const next = new URLSearchParams(parameters);
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setParameters(next, { replace: true });
  };
  const found = hits.data ?? [];
  const move = (by: number) => {
    const next = Math.max(0, Math.min(found.length - 1, current + by));
    setCurrent(next);
    document.getElementById(`hit-${next}`)?.scrollIntoView({ block: "nearest" });
  };
  const here = found[current];
  useKeys({ j: () => move(1), k: () => move(-1), Enter: here && (() => navigate(`/records/${here.record}`)) });
  const total = hits.count ?? (hits.data && !hits.more ? { number: found.length } : undefined);

  return (
    <Page title={q ? t("search.for", { q }) : t("search.title")} under={q && total ? t("search.count", { count: showCount(total) }) : undefined}>
      {narrow && <PhoneBox q={q} go={(typed) => go({ q: typed })} />}
      <div className="search">
        <Facets register={register} from={from} to={to} go={go} />
        <div>
          {q && !register && <People q={q} />}
          {!q && <Empty title={t("search.begin")}>{t("search.begin_help")}</Empty>}
          {q && (
            <State of={hits} empty={<Empty title={t("search.none", { q })}>{t("search.none_help")}</Empty>}>
              {() => (
                <ol className="hits">
                  {found.map((hit, index) => (
                    <li key={`${hit.record}-${hit.file ?? 0}`} id={`hit-${index}`} className={index === current ? "current" : undefined}>
                      <Hit hit={hit} />
                    </li>
                  ))}
                </ol>
              )}
            </State>
          )}
          {hits.more && (
            <Button onClick={hits.loadMore} loading={hits.loadingMore} style={{ marginTop: 10 }}>
              {t("list.more")}
            </Button>
          )}
        </div>
      </div>
    </Page>
  );
}

function Marked({ parts }: { parts: SearchHit["snippet"] }) {
  return parts.map((part, index) => (part.hit ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>));
}

function Hit({ hit }: { hit: SearchHit }) {
  // What was found in the title is marked there and not said twice.
  const inTitle = hit.snippet.map((part) => part.text).join("") === hit.title;
  return (
    <>
      <div className="row wrap">
        <Link to={`/records/${hit.record}`}>{inTitle ? <Marked parts={hit.snippet} /> : hit.title}</Link>
        {hit.exact && <Badge tone="blue">{t("search.exact")}</Badge>}
      </div>
      {!inTitle && (
        <div className="two-lines">
          <Marked parts={hit.snippet} />
        </div>
      )}
      <div className="row wrap small quiet">
        <span>{hit.register_label}</span>
        {hit.date && <span className="number">{showDay(hit.date)}</span>}
        <StateBadge state={hit.state} />
        {hit.file && <span>{t("search.in_file")}</span>}
      </div>
    </>
  );
}

/** The people, posts and units the words name: who holds what, where. */
function People({ q }: { q: string }) {
  const found = useGet<Party[]>(withQuery("/directory", { q, kinds: "person,unit" }));
  if (!found.data?.length) return null;
  return (
    <section className="people" aria-label={t("search.people")}>
      <h2>{t("search.people")}</h2>
      <ul>
        {found.data.slice(0, 6).map((each) => (
          <li key={`${each.kind}-${each.id}`}>
            <span className="strong">{each.label}</span> <span className="small quiet">{each.detail}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PhoneBox({ q, go }: { q: string; go: (q: string) => void }) {
  const [typed, setTyped] = useState(q);
  return (
    <form role="search" onSubmit={(event) => { event.preventDefault(); go(typed.trim()); }}>
      <TextInput value={typed} onChange={setTyped} type="search" label={t("frame.search")} placeholder={t("search.type")} />
    </form>
  );
}

interface FacetProps {
  register: string | null;
  from: string | null;
  to: string | null;
  go: (change: Record<string, string | null>) => void;
}

function Facets({ register, from, to, go }: FacetProps) {
  const registers = useRegisters();
  const { session } = useSigned();
  const narrow = useNarrow();
  const today = session.server.today;
  const spans = [
    { label: t("search.week"), from: addDays(today, -7) },
    { label: t("search.month"), from: addDays(today, -30) },
    { label: t("search.year"), from: `${today.slice(0, 4)}-01-01` },
  ];
  return (
    <div className="facets">
      {narrow ? (
        <SelectInput value={register} onChange={(code) => go({ register: code })} options={(registers.data ?? []).map((each) => ({ value: each.code, label: each.title }))} label={t("search.register")} placeholder={t("search.anywhere")} />
      ) : (
        <section className="groups">
          <h2>{t("search.register")}</h2>
          <ul>
            <li>
              <button type="button" aria-pressed={!register} onClick={() => go({ register: null })}>{t("search.anywhere")}</button>
            </li>
            {registers.data?.map((each) => (
              <li key={each.code}>
                <button type="button" aria-pressed={register === each.code} onClick={() => go({ register: each.code })}>{each.title}</button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="column">
        <h2>{t("search.when")}</h2>
        <div className="row wrap">
          {spans.map((span) => (
            <Button key={span.label} size="small" aria-pressed={from === span.from && !to} look={from === span.from && !to ? "primary" : "plain"} onClick={() => go(from === span.from && !to ? { from: null, to: null } : { from: span.from, to: null })}>
              {span.label}
            </Button>
          ))}
        </div>
        <div className="column days">
          <FieldBox label={t("search.from")}>{(id) => <DateInput id={id} value={from} onChange={(day) => go({ from: day })} />}</FieldBox>
          <FieldBox label={t("search.to")}>{(id) => <DateInput id={id} value={to} onChange={(day) => go({ to: day })} />}</FieldBox>
        </div>
      </section>
    </div>
  );
}
