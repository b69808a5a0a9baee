import { DatePicker, Input, Select, TimePicker, type InputRef } from "antd";
import dayjs from "dayjs";
import { useEffect, useState, type Ref } from "react";
import { readDay, showDay } from "@/base/dates";
import { fold } from "@/base/numbers";
import { t } from "@/texts";

interface Common {
  id?: string;
  disabled?: boolean;
  invalid?: boolean;
  placeholder?: string;
  autoFocus?: boolean;
  label?: string;
}

const status = (invalid?: boolean) => (invalid ? ("error" as const) : undefined);

interface TextProps extends Common {
  value: string;
  onChange: (value: string) => void;
  maxLength?: number;
  type?: "text" | "search" | "password";
  autoComplete?: string;
  onEnter?: () => void;
  inputRef?: Ref<InputRef>;
  clear?: boolean;
  prefix?: React.ReactNode;
}

/** One line, made NFC when left, so that the same word is the same bytes. */
export function TextInput({ value, onChange, invalid, label, type = "text", onEnter, inputRef, clear, ...rest }: TextProps) {
  const Line = type === "password" ? Input.Password : Input;
  return (
    <Line
      ref={inputRef}
      value={value}
      status={status(invalid)}
      aria-label={label}
      aria-invalid={invalid}
      type={type === "password" ? undefined : type}
      allowClear={clear}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => value !== value.normalize("NFC") && onChange(value.normalize("NFC"))}
      onPressEnter={onEnter}
      {...rest}
    />
  );
}

export function LongTextInput({ value, onChange, invalid, label, rows = 3, maxLength, ...rest }: Common & { value: string; onChange: (value: string) => void; rows?: number; maxLength?: number }) {
  return (
    <Input.TextArea
      value={value}
      status={status(invalid)}
      aria-label={label}
      aria-invalid={invalid}
      autoSize={{ minRows: rows, maxRows: 14 }}
      maxLength={maxLength}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => value !== value.normalize("NFC") && onChange(value.normalize("NFC"))}
      {...rest}
    />
  );
}

interface ReadProps<T> extends Common {
  value: T | null | undefined;
  onChange: (value: T | null) => void;
  read: (text: string) => T | undefined;
  show: (value: T | null | undefined) => string;
  suffix?: string;
}

/** A number as it is written here: read when left, shown grouped; what can't be read stays and says so. */
export function ReadInput<T>({ value, onChange, read, show, suffix, invalid, label, ...rest }: ReadProps<T>) {
  const [draft, setDraft] = useState<string>();
  const wrong = draft !== undefined && draft.trim() !== "" && read(draft) === undefined;
  const settle = () => {
    if (draft === undefined) return;
    if (draft.trim() === "") onChange(null);
    else {
      const got = read(draft);
      if (got === undefined) return;
      onChange(got);
    }
    setDraft(undefined);
  };
  return (
    <Input
      value={draft ?? show(value)}
      inputMode="decimal"
      className="number"
      status={status(invalid || wrong)}
      aria-label={label}
      aria-invalid={invalid || wrong}
      suffix={suffix}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={settle}
      onPressEnter={settle}
      {...rest}
    />
  );
}

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

export interface Option {
  value: string;
  label: string;
  detail?: string;
}

interface SelectProps extends Common {
  options: Option[];
  loading?: boolean;
  clear?: boolean;
}

/** Choosing from a list, found without marks. */
export function SelectInput({ value, onChange, options, invalid, label, clear = true, ...rest }: SelectProps & { value?: string | null; onChange: (value: string | null) => void }) {
  return (
    <Select
      className="full"
      value={value ?? undefined}
      options={options}
      status={status(invalid)}
      aria-label={label}
      allowClear={clear}
      showSearch={options.length > 7 ? { filterOption: found } : false}
      onChange={(chosen) => onChange(chosen ?? null)}
      notFoundContent={t("ui.nothing_found")}
      {...rest}
    />
  );
}

export function SelectManyInput({ value, onChange, options, invalid, label, ...rest }: SelectProps & { value: string[]; onChange: (value: string[]) => void }) {
  return (
    <Select
      className="full"
      mode="multiple"
      value={value}
      options={options}
      status={status(invalid)}
      aria-label={label}
      showSearch={{ filterOption: found }}
      onChange={onChange}
      notFoundContent={t("ui.nothing_found")}
      {...rest}
    />
  );
}

function found(typed: string, option?: { label?: unknown; detail?: string }) {
  return fold(`${String(option?.label ?? "")} ${option?.detail ?? ""}`).includes(fold(typed));
}

/** Typing asks `onSearch` a moment later, not at every letter. */
export function useLater<T>(value: T, wait = 250): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const clock = setTimeout(() => setLater(value), wait);
    return () => clearTimeout(clock);
  }, [value, wait]);
  return later;
}
