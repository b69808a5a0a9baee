/** Numbers as they are written here: comma before the decimals, dots between thousands. Values stay exact strings. */

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ".");
}

/** "1234567.5" → "1.234.567,5"; what is no number comes back unchanged. */
export function showDecimal(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value));
  if (!parts) return String(value);
  return parts[1] + group(parts[2]!) + (parts[3] ? `,${parts[3]}` : "");
}

export function showInteger(value: string | number | null | undefined): string {
  return showDecimal(value);
}

/** "1200000" → "1.200.000 đ" */
export function showMoney(value: string | number | null | undefined): string {
  const text = showDecimal(value);
  return text ? `${text} đ` : "";
}

/**
 * "1.234,50" → "1234.50". A dot is a thousands mark where groups of three follow it, else a decimal point; undefined when
 * it is no number or has more decimals than `scale`.
 */
export function readDecimal(text: string, scale = 20): string | undefined {
  let plain = text.replace(/[\s\u00a0đ₫]/g, "");
  if (/^-?\d{1,3}(\.\d{3})+(,\d*)?$/.test(plain)) plain = plain.replace(/\./g, "");
  plain = plain.replace(",", ".");
  const parts = /^(-?)(\d+)(?:\.(\d*))?$/.exec(plain);
  if (!parts || (parts[3]?.length ?? 0) > scale) return undefined;
  const whole = parts[2]!.replace(/^0+(?=\d)/, "");
  return parts[1] + whole + (parts[3] ? `.${parts[3]}` : "");
}

/** "1.200.000" → 1200000; undefined when it is no whole number. */
export function readInteger(text: string): number | undefined {
  const plain = readDecimal(text, 0);
  if (plain === undefined) return undefined;
  const number = Number(plain);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Counts stop at a thousand: {number: 1000, more: true} → "1.000+". */
export function showCount(count: { number: number; more?: boolean } | null | undefined): string {
  if (!count) return "";
  return showInteger(count.number) + (count.more ? "+" : "");
}

/** 1536 → "1,5 KB" */
export function showSize(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1;
  return `${size.toFixed(digits).replace(/\.0$/, "").replace(".", ",")} ${units[unit]}`;
}

/** Comparison in which marks and case don't count, for filtering what is already on the page. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
}
