import { withQuery } from "@/api/client";
import { useGet } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { Day, Figures } from "@/api/types";
import { showDay } from "@/base/dates";
import { showInteger } from "@/base/numbers";
import { language, t } from "@/texts";
import { CountLink } from "@/ui/CountLink";
import { DateInput } from "@/ui/DateInput";
import { FieldBox } from "@/ui/FieldBox";
import { State } from "@/ui/Panel";

interface Props {
  register: string;
  /** The day of the figures; null: today. */
  on: Day | null;
  /** The figure whose records the list shows. */
  chosen: string | null;
  onDay: (day: Day | null) => void;
}

/** The declared figures of a register as of any day, each a link to the records it counts; one that stands on the state of now is known for today only. */
export function Counters({ register, on, chosen, onDay }: Props) {
  const { session } = useSigned();
  const day = on ?? session.server.today;
  const answer = useGet<Figures>(withQuery(`/registers/${register}/counters`, { on: day }));
  if (answer.data?.counters.length === 0) return null;
  return (
    <section className="counters" aria-label={t("counters.title")}>
      <FieldBox label={t("counters.on")}>{(id) => <DateInput id={id} value={day} onChange={(wanted) => onDay(wanted === session.server.today ? null : wanted)} />}</FieldBox>
      <State of={answer}>
        {(shown) => (
          <dl aria-live="polite" aria-label={t("counters.as_of", { day: showDay(shown.on) })}>
            {shown.counters.map((counter) => {
              const label = counter.label[language()];
              return (
                <div key={counter.code} className={counter.code === chosen ? "chosen" : undefined}>
                  <dt>{label}</dt>
                  <dd className="number">
                    {counter.value == null ? (
                      <span className="small quiet">{t("counters.today_only")}</span>
                    ) : (
                      <CountLink count={{ number: counter.value, more: false }} shown={showInteger(counter.value)} to={withQuery(`/registers/${register}`, { counter: counter.code, on })} label={label} />
                    )}
                  </dd>
                </div>
              );
            })}
          </dl>
        )}
      </State>
    </section>
  );
}
