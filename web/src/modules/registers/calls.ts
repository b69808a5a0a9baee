import { post, put, remove, withQuery } from "@/api/client";
import type { Given } from "./ActNeeds";
import { cache, useGet } from "@/api/hooks";
import type { BulkResult, CheckAnswer, Id, RecordLink, RecordView, Register, SavedFilter, Values } from "@/api/types";

/** The current declaration, or the version an older record was made with. */
export const useRegister = (code: string | undefined, version?: number) => useGet<Register>(code ? withQuery(`/registers/${code}`, { version }) : null);
export const useFilters = (code: string) => useGet<SavedFilter[]>(`/registers/${code}/filters`);

export interface NewFile {
  file: Id;
  role: string;
  title?: string;
}

/** Whoever may not see what they have just saved is told its number and nothing else. */
export const isHidden = (record: Partial<RecordView>): boolean => record.register === undefined;

export function recordChanged(register: string, record?: RecordView): void {
  if (record && !isHidden(record)) cache.set(`/records/${record.id}`, record);
  const prefixes = [`/registers/${register}/records`, `/registers/${register}/books`, `/registers/${register}/counters`, "/menu", "/inbox", "/files/waiting"];
  if (record) prefixes.push(`/records/${record.id}${isHidden(record) ? "" : "/"}`);
  cache.invalidate(...prefixes);
}

export const check = (register: string, values: Values, id?: Id) => post<CheckAnswer>(`/registers/${register}/check`, { values, id });
/** What a record is made of. */
export interface NewRecord {
  values: Values;
  files: NewFile[];
  links?: { to: Id; kind: string }[];
  number?: number | null;
}
export const create = (register: string, made: NewRecord, key: string) => post<RecordView>(`/registers/${register}/records`, made, key);
export const update = (record: Id, version: number, values: Values) => put<RecordView>(`/records/${record}`, { version, values });
export const act = (record: Id, action: string, version: number, given: { arguments?: Record<string, unknown>; values?: Values }) =>
  post<RecordView>(`/records/${record}/actions/${action}`, { version, arguments: given.arguments ?? {}, values: given.values ?? {} });
export const bulk = (register: string, action: string, records: { id: Id; version: number }[], given: Given) =>
  post<BulkResult[]>(`/registers/${register}/bulk`, { action, records, arguments: given.words, values: given.values });
export const link = (record: Id, to: Id, kind: string) => post<RecordLink>(`/records/${record}/links`, { to, kind });
export const unlink = (record: Id, linked: Id) => remove(`/records/${record}/links/${linked}`);
export const attach = (record: Id, file: NewFile) => post(`/records/${record}/files`, file);
export const detach = (record: Id, attachment: Id, reason?: string) => post<void>(`/records/${record}/files/${attachment}/removal`, { reason });
