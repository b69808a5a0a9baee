import { useRef, useState } from "react";
import { idempotencyKey, isLost } from "@/api/client";
import { asError } from "@/api/error";
import type { RecordView, Register } from "@/api/types";
import { attach, create, isHidden, update, type NewRecord } from "./calls";
import { changed } from "./useRecordForm";

export interface Making {
  /** Makes the record of a form, once: also where an answer was lost and the form changed since. */
  make: (wanted: NewRecord) => Promise<RecordView>;
  /** The record that an attempt without an answer turned out to have made, while what was changed since is not kept in it. */
  found?: RecordView;
  /** The next form is another record. */
  begin: () => void;
}

const without = <T>(list: T[], other: T[]) => list.filter((each) => !other.some((one) => JSON.stringify(one) === JSON.stringify(each)));

/**
 * Whether the server made the record is not known when its answer is lost. Then that same request goes again first, by
 * the same key: it makes the record or shows the one made; what was changed meanwhile is kept in that record.
 */
export function useMaking(register: Register): Making {
  const attempt = useRef<{ key: string; sent: NewRecord } | null>(null);
  const made = useRef<RecordView | null>(null);
  const [found, setFound] = useState<RecordView>();

  const first = async (wanted: NewRecord): Promise<RecordView> => {
    const again = attempt.current !== null;
    const trying = (attempt.current ??= { key: idempotencyKey(), sent: wanted });
    try {
      return await create(register.code, trying.sent, trying.key);
    } catch (caught) {
      const error = asError(caught);
      if (isLost(error) || error.status === 401 || error.status === 429) throw error;
      // A refusal is an answer: nothing was made, and the mended form is another request.
      attempt.current = null;
      if (again && JSON.stringify(trying.sent) !== JSON.stringify(wanted)) return first(wanted);
      throw error;
    }
  };
  const make = async (wanted: NewRecord): Promise<RecordView> => {
    const record = (made.current ??= await first(wanted));
    const sent = attempt.current?.sent ?? wanted;
    if (isHidden(record)) return record;
    const values = changed(register, sent.values, wanted.values);
    const files = without(wanted.files, sent.files);
    if (Object.keys(values).length === 0 && files.length === 0) return record;
    setFound(record);
    if (Object.keys(values).length > 0) made.current = await update(record.id, record.version, values);
    attempt.current = { key: attempt.current?.key ?? "", sent: { ...sent, values: wanted.values } };
    for (const file of files) {
      await attach(record.id, file);
      attempt.current.sent = { ...attempt.current.sent, files: [...attempt.current.sent.files, file] };
    }
    return made.current;
  };
  const begin = () => {
    attempt.current = null;
    made.current = null;
    setFound(undefined);
  };
  return { make, found, begin };
}
