import { useEffect, useRef, useState } from "react";
import { put } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { CalendarDay, DayKind } from "@/api/types";
import { monthName, showDay, weekday } from "@/base/dates";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Checkbox, IconButton } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { LeftOutlined, RightOutlined } from "@/ui/icons";
import { TextInput } from "@/ui/inputs";
import { SelectInput } from "@/ui/SelectInput";
import { Empty, State } from "@/ui/Panel";
import { toast } from "@/ui/toast";
import "./calendar.css";

const kinds: DayKind[] = ["working", "weekend", "holiday", "swapped_off", "swapped_working"];

/** Weeks from Monday; days outside the month are empty. */
export function weeksOf(days: CalendarDay[]): (CalendarDay | null)[][] {
  const weeks: (CalendarDay | null)[][] = [];
  let week: (CalendarDay | null)[] = Array<null>(days[0] ? weekday(days[0].date) - 1 : 0).fill(null);
  for (const day of days) {
    week.push(day);
    if (week.length === 7) {
      weeks.push(week);
      week = [];
    }
  }
  if (week.length > 0) weeks.push([...week, ...Array<null>(7 - week.length).fill(null)]);
  return weeks;
}

/** The year's working days and days off, by which deadlines are counted. */
export function CalendarPage() {
  const { session } = useSigned();
  const [year, setYear] = useState(Number(session.server.today.slice(0, 4)));
  const days = useGet<CalendarDay[]>(`/calendar/${year}`);
  const [chosen, setChosen] = useState<CalendarDay | null>(null);
  const mayChange = session.permissions.includes("calendar");
  const working = days.data?.filter((day) => day.kind === "working" || day.kind === "swapped_working").length;
  return (
    <Page
      title={t("calendar.title", { year })}
      under={working ? t("calendar.working", { count: working }) : undefined}
      actions={
        <div className="row">
          <IconButton name={t("calendar.previous")} icon={<LeftOutlined />} onClick={() => setYear(year - 1)} />
          <span className="number strong">{year}</span>
          <IconButton name={t("calendar.next")} icon={<RightOutlined />} onClick={() => setYear(year + 1)} />
        </div>
      }
    >
      <div className="legend">
        {kinds.slice(1).map((kind) => (
          <span key={kind}>
            <span className={`day ${kind}`} aria-hidden="true">1</span>
            {t(`calendar.kind.${kind}`)}
          </span>
        ))}
      </div>
      {mayChange && <div className="quiet small">{t("calendar.change_help")}</div>}
      <State of={days} empty={<Empty title={t("calendar.none", { year })}>{t("calendar.none_help")}</Empty>}>
        {(all) => (
          <div className="year">
            {Array.from({ length: 12 }, (_, index) => index + 1).map((month) => (
              <Month key={month} month={month} days={all.filter((day) => Number(day.date.slice(5, 7)) === month)} today={session.server.today} choose={mayChange ? setChosen : undefined} />
            ))}
          </div>
        )}
      </State>
      {chosen && <DayDialog day={chosen} year={year} close={() => setChosen(null)} />}
    </Page>
  );
}

function Month({ month, days, today, choose }: { month: number; days: CalendarDay[]; today: string; choose?: (day: CalendarDay) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const isNow = days[0]?.date.slice(0, 7) === today.slice(0, 7);
  // On a phone the year is long: it opens at this month.
  useEffect(() => {
    if (isNow) box.current?.scrollIntoView({ block: "nearest" });
  }, [isNow]);
  return (
    <div className="month" ref={box}>
      <table>
        <caption>{monthName(month)}</caption>
        <thead>
          <tr>
            {[1, 2, 3, 4, 5, 6, 7].map((day) => (
              <th key={day} scope="col">{t(`calendar.day.${day as 1 | 2 | 3 | 4 | 5 | 6 | 7}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(days).map((week, index) => (
            <tr key={index}>
              {week.map((day, place) => (
                <td key={place}>{day && <Day day={day} isToday={day.date === today} choose={choose} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Day({ day, isToday, choose }: { day: CalendarDay; isToday: boolean; choose?: (day: CalendarDay) => void }) {
  const number = Number(day.date.slice(8));
  const said = [showDay(day.date), t(`calendar.kind.${day.kind}`), day.note].filter(Boolean).join(", ");
  const name = `day ${day.kind} ${isToday ? "today" : ""}`;
  if (!choose) return <span className={name} title={said}>{number}</span>;
  return (
    <button type="button" className={name} title={said} aria-label={`${number}: ${said}`} onClick={() => choose(day)}>
      {number}
    </button>
  );
}

function DayDialog({ day, year, close }: { day: CalendarDay; year: number; close: () => void }) {
  const [kind, setKind] = useState<DayKind>(day.kind);
  const [note, setNote] = useState(day.note ?? "");
  const [basis, setBasis] = useState("");
  const [everyone, setEveryone] = useState(false);
  const save = useDo(() => put(`/calendar/days/${day.date}`, { kind, note: note.trim(), basis: basis.trim(), everyone: everyone || undefined }), () => {
    cache.invalidate(`/calendar/${year}`, "/calendar/due");
    toast.done(t("calendar.saved", { day: showDay(day.date) }));
    close();
  });
  const faults = save.error?.fields ?? {};
  return (
    <Dialog title={showDay(day.date)} close={close} act={() => void save.run()} running={save.running} error={save.error} blocked={!basis.trim()} width={440}>
      <FieldBox label={t("calendar.kind")} error={faults.kind}>
        {(id) => <SelectInput id={id} value={kind} onChange={(chosen) => chosen && setKind(chosen as DayKind)} clear={false} options={kinds.map((each) => ({ value: each, label: t(`calendar.kind.${each}`) }))} />}
      </FieldBox>
      <FieldBox label={t("calendar.note")} error={faults.note}>{(id) => <TextInput id={id} value={note} onChange={setNote} />}</FieldBox>
      <FieldBox label={t("calendar.basis")} required error={faults.basis} help={t("calendar.basis_help")}>{(id) => <TextInput id={id} value={basis} onChange={setBasis} />}</FieldBox>
      <Checkbox checked={everyone} onChange={(event) => setEveryone(event.target.checked)}>{t("calendar.everyone")}</Checkbox>
    </Dialog>
  );
}
