import { language } from "@/texts";

/** Legal dates are days in Hà Nội, whatever the browser's zone. */
const zone = "Asia/Ho_Chi_Minh";

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** "2026-08-05" → "05/08/2026"; anything else unchanged. */
export function showDay(day: string | null | undefined): string {
  const parts = day ? dayPattern.exec(day) : null;
  return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : (day ?? "");
}

/** "5/8/2026", "05-08-26", "5.8.2026" or "05082026" → "2026-08-05"; undefined when it is no day. */
export function readDay(text: string): string | undefined {
  const parts = /^\s*(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4}|\d{2})\s*$/.exec(text) ?? /^\s*(\d{2})(\d{2})(\d{4}|\d{2})\s*$/.exec(text);
  if (!parts) return undefined;
  const day = Number(parts[1]);
  const month = Number(parts[2]);
  const year = Number(parts[3]) + (parts[3]!.length === 2 ? 2000 : 0);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

/** The day in Hà Nội of an instant. */
export function dayOf(instant: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(instant));
}

/** "09:30" of an instant, in Hà Nội. */
export function timeOf(instant: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date(instant));
}

/** "09:30 05/08/2026" */
export function showInstant(instant: string | null | undefined): string {
  if (!instant) return "";
  return Number.isNaN(Date.parse(instant)) ? instant : `${timeOf(instant)} ${showDay(dayOf(instant))}`;
}

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** 1 Monday … 7 Sunday. */
export function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

export function monthName(month: number): string {
  if (language() === "vi") return `Tháng ${month}`;
  return new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2026, month - 1, 1)));
}
