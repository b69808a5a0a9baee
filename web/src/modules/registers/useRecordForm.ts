import { useEffect, useMemo, useRef, useState } from "react";
import { asError, type ApiError } from "@/api/error";
import type { CheckAnswer, Id, Register, Value, Values } from "@/api/types";
import { useLater } from "@/ui/inputs";
import { check } from "./calls";

export interface RecordForm {
  values: Values;
  set: (code: string, value: Value) => void;
  reset: (values: Values) => void;
  dirty: boolean;
  /** What is wrong at a field: what the server refused, then what the live check found in touched fields. */
  errors: Record<string, string>;
  answer?: CheckAnswer;
  checking: boolean;
  /** Takes a refusal of saving and shows it at its fields. */
  refuse: (error: ApiError | undefined) => void;
  /** Every fault is shown from now on, touched or not. */
  showAll: () => void;
}

/** Only what may be sent: the declared fields that are not computed. */
export function sendable(register: Register, values: Values): Values {
  const sent: Values = {};
  for (const field of register.fields) {
    if (field.type === "computed" || !(field.code in values)) continue;
    const value = values[field.code];
    sent[field.code] = value === "" || value === undefined ? null : value;
  }
  return sent;
}

export function useRecordForm(register: Register, initial: Values, id?: Id): RecordForm {
  const [values, setValues] = useState<Values>(initial);
  const [began, setBegan] = useState<Values>(initial);
  const [touched, setTouched] = useState<Set<string>>(new Set());
  const [all, setAll] = useState(false);
  const [refused, setRefused] = useState<Record<string, string>>({});
  const [answer, setAnswer] = useState<CheckAnswer>();
  const [checking, setChecking] = useState(false);
  const dirty = useMemo(() => JSON.stringify(sendable(register, values)) !== JSON.stringify(sendable(register, began)), [register, values, began]);

  const later = useLater(values, 400);
  const latest = useRef(0);
  useEffect(() => {
    const turn = ++latest.current;
    setChecking(true);
    check(register.code, sendable(register, later), id)
      .then((said) => turn === latest.current && setAnswer(said))
      // The check is a help; saving says what is wrong anyway.
      .catch((error: unknown) => turn === latest.current && asError(error).status === 422 && setRefused(asError(error).fields))
      .finally(() => turn === latest.current && setChecking(false));
  }, [register, later, id]);

  const errors = useMemo(() => {
    const found: Record<string, string> = { ...refused };
    for (const fault of answer?.errors ?? []) if (!(fault.field in found) && (all || touched.has(fault.field))) found[fault.field] = fault.message;
    return found;
  }, [answer, refused, all, touched]);

  return {
    values,
    set: (code, value) => {
      setValues((now) => ({ ...now, [code]: value }));
      setTouched((now) => (now.has(code) ? now : new Set(now).add(code)));
      setRefused((now) => {
        if (!(code in now)) return now;
        const rest = { ...now };
        delete rest[code];
        return rest;
      });
    },
    reset: (fresh) => {
      setValues(fresh);
      setBegan(fresh);
      setTouched(new Set());
      setAll(false);
      setRefused({});
      setAnswer(undefined);
    },
    dirty,
    errors,
    answer,
    checking,
    refuse: (error) => setRefused(error?.fields ?? {}),
    showAll: () => setAll(true),
  };
}
