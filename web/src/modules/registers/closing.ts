/** When a book can be signed off: its year has to be over, and one that goes on over the years (year 0) never is. */
export function closing(year: number, thisYear: number): "now" | "later" | "never" {
  if (year === 0) return "never";
  return year < thisYear ? "now" : "later";
}
