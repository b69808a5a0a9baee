import { useState } from "react";
import { withQuery } from "@/api/client";
import { useGet } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { Day } from "@/api/types";
import { showDay } from "@/base/dates";
import { showInteger } from "@/base/numbers";
import { language, t } from "@/texts";
import { DateInput } from "@/ui/DateInput";
import { FieldBox } from "@/ui/FieldBox";
import { State } from "@/ui/Panel";

interface Answer {
  on: Day;
  counters: { code: string; label: { vi: string; en: string }; value?: number | null; today_only?: boolean }[];
}

/** The declared figures of a register as of any day; one that stands on the state of now is known for today only. */
export function Counters({ register }: { register: string }) {
  const { session } = useSigned();
  const [on, setOn] = useState<Day | null>(null);
  const day = on ?? session.server.today;
  const answer = useGet<Answer>(withQuery(`/registers/${register}/counters`, { on: day }));
  if (answer.data?.counters.length === 0) return null;
  return (
    <section className="counters" aria-label={t("counters.title")}>
      <FieldBox label={t("counters.on")}>{(id) => <DateInput id={id} value={day} onChange={setOn} />}</FieldBox>
      <State of={answer}>
        {(shown) => (
          <dl aria-live="polite" aria-label={t("counters.as_of", { day: showDay(shown.on) })}>
            {shown.counters.map((counter) => (
              <div key={counter.code}>
                <dt>{counter.label[language()]}</dt>
                <dd className="number">{counter.value == null ? <span className="small quiet">{t("counters.today_only")}</span> : showInteger(counter.value)}</dd>
              </div>
            ))}
          </dl>
        )}
      </State>
    </section>
  );
}
