import { Input, type InputRef } from "antd";
import { useEffect, useState, type Ref } from "react";

export interface Common {
  id?: string;
  disabled?: boolean;
  invalid?: boolean;
  placeholder?: string;
  autoFocus?: boolean;
  label?: string;
}

export const status = (invalid?: boolean) => (invalid ? ("error" as const) : undefined);

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

/** Typing asks `onSearch` a moment later, not at every letter. */
export function useLater<T>(value: T, wait = 250): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const clock = setTimeout(() => setLater(value), wait);
    return () => clearTimeout(clock);
  }, [value, wait]);
  return later;
}
