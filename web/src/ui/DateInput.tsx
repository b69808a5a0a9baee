import { DatePicker, TimePicker } from "antd";
import dayjs from "dayjs";
import { readDay, showDay } from "@/base/dates";
import { t } from "@/texts";
import { status, type Common } from "./inputs";

const formats = ["DD/MM/YYYY", "D/M/YYYY", "DD-MM-YYYY", "D-M-YYYY", "DD.MM.YYYY", "DDMMYYYY", "DD/MM/YY", "D/M/YY"];

/** dd/MM/yyyy, typed or picked; Monday first. */
export function DateInput({ value, onChange, invalid, label, ...rest }: Common & { value?: string | null; onChange: (value: string | null) => void }) {
  return (
    <DatePicker
      className="full"
      value={value ? dayjs(value) : null}
      format={formats}
      status={status(invalid)}
      aria-label={label}
      allowClear
      onChange={(day) => onChange(day ? day.format("YYYY-MM-DD") : null)}
      onBlur={(event) => {
        const typed = (event.target as HTMLInputElement).value;
        const day = readDay(typed);
        if (day && showDay(value) !== showDay(day)) onChange(day);
      }}
      {...rest}
      placeholder={rest.placeholder ?? t("ui.day_format")}
    />
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
      placeholder={rest.placeholder ?? "HH:mm"}
    />
  );
}
