import { DatePicker, TimePicker } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { readDay, showDay } from "@/base/dates";
import { t } from "@/texts";
import { status, type Common } from "./inputs";

// Whole years only: a short one would be taken while the long one is still being typed. What is left over is read when the field is left.
const formats = ["DD/MM/YYYY", "D/M/YYYY", "DD-MM-YYYY", "D-M-YYYY", "DD.MM.YYYY"];

interface DayProps extends Common {
  value?: string | null;
  onChange: (value: string | null) => void;
  /** Takes a text that is no day, so that whoever checks the form says what is wrong; without it the field says so itself. */
  onWrong?: (text: string) => void;
}

/** dd/MM/yyyy, typed or picked; Monday first. What is no day is told, never dropped in silence. */
export function DateInput({ value, onChange, onWrong, invalid, label, ...rest }: DayProps) {
  const [wrong, setWrong] = useState("");
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value ?? "");
  const refused = wrong || (isDay ? "" : (value ?? ""));
  const leave = (text: string) => {
    const read = readDay(text);
    const isWrong = text !== "" && !read;
    setWrong(isWrong ? text : "");
    if (isWrong) onWrong?.(text);
    else if (read ? showDay(value) !== showDay(read) : refused) onChange(read ?? null);
  };
  return (
    <>
      <DatePicker
        className="full"
        value={isDay ? dayjs(value) : null}
        format={formats}
        status={status(invalid || refused !== "")}
        aria-label={label}
        allowClear
        onChange={(chosen) => {
          setWrong("");
          onChange(chosen ? chosen.format("YYYY-MM-DD") : null);
        }}
        onBlur={(event) => leave((event.target as HTMLInputElement).value.trim())}
        {...rest}
        placeholder={refused || (rest.placeholder ?? t("ui.day_format"))}
      />
      {wrong && !onWrong && (
        <span className="said" role="alert">
          {t("ui.day_wrong", { text: wrong })}
        </span>
      )}
    </>
  );
}

export function TimeInput({ value, onChange, invalid, label, ...rest }: Common & { value?: string | null; onChange: (value: string | null) => void }) {
  return (
    <TimePicker
      className="full"
      value={value ? dayjs(value, "HH:mm") : null}
      format="HH:mm"
      minuteStep={5}
      needConfirm={false}
      status={status(invalid)}
      aria-label={label}
      onChange={(time) => onChange(time ? time.format("HH:mm") : null)}
      {...rest}
      placeholder={rest.placeholder ?? t("ui.time_format")}
    />
  );
}
