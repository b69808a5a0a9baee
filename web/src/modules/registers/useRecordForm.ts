import { useEffect, useMemo, useRef, useState } from "react";
import { asError, type ApiError } from "@/api/error";
import type { CheckAnswer, Id, Register, Value, Values } from "@/api/types";
import { useLater } from "@/ui/inputs";
import { useFirstFault } from "@/ui/faulty";
import { check } from "./calls";

export interface RecordForm {
  /** What was typed, or came with the record. */
  values: Values;
  /** The same with what the server fills in: defaults of fields not typed, computed ones. */
  filled: Values;
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

const same = (one: Value, other: Value) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** What differs from how it was: an edit sends no more than that. */
export function changed(register: Register, began: Values, values: Values): Values {
  const sent = sendable(register, values);
  return Object.fromEntries(Object.entries(sent).filter(([code, value]) => !same(value, began[code])));
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
  const [answered, setAnswered] = useState<Values>({});
  const [checking, setChecking] = useState(false);
  const dirty = useMemo(() => Object.keys(changed(register, began, values)).length > 0, [register, values, began]);
  const filled = useMemo(() => {
    const whole: Values = { ...answer?.computed, ...values };
    for (const field of register.fields) if (field.type === "computed" && answer && field.code in answer.computed) whole[field.code] = answer.computed[field.code];
    return whole;
  }, [register, answer, values]);

  const later = useLater(values, 400);
  const latest = useRef(0);
  useEffect(() => {
    const turn = ++latest.current;
    setChecking(true);
    check(register.code, sendable(register, later), id)
      .then((said) => {
        if (turn !== latest.current) return;
        setAnswer(said);
        setAnswered(later);
      })
      // The check is a help; saving says what is wrong anyway.
      .catch((error: unknown) => turn === latest.current && asError(error).status === 422 && setRefused(asError(error).fields))
      .finally(() => turn === latest.current && setChecking(false));
  }, [register, later, id]);

  const errors = useMemo(() => {
    const found: Record<string, string> = { ...refused };
    for (const fault of answer?.errors ?? []) {
      // What was typed since the check was asked is not judged yet.
      if (!same(values[fault.field], answered[fault.field])) continue;
      if (!(fault.field in found) && (all || touched.has(fault.field))) found[fault.field] = fault.message;
    }
    return found;
  }, [answer, answered, values, refused, all, touched]);

  return {
    values,
    filled,
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

/** A refusal of saving stands at its fields until they are typed into again; the first of them comes into sight. */
export function useRefusal(form: RecordForm, error: ApiError | undefined): void {
  const { refuse } = form;
  const latest = useRef(refuse);
  latest.current = refuse;
  useEffect(() => latest.current(error), [error]);
  useFirstFault(error);
}
