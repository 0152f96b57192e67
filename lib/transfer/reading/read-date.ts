import { Refused } from "./refused";

const isoLike =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * Parses the date formats of blogs: `2024-01-02`, `2024-01-02 10:00:00 +0900`, ISO 8601, and `Jan 2, 2024`. A time
 * without a zone is UTC.
 *
 * @throws Refused for anything else, and for days that do not exist.
 */
export function readDate(value: unknown): Date {
  // A TOML date formats itself as written in the file.
  const text = value instanceof Date ? value.toISOString() : String(value).trim();
  const date = readNumbers(text) ?? readWords(text);
  if (!date) throw new Refused(`${JSON.stringify(text.slice(0, 40))} is not a date.`);
  return date;
}

function readNumbers(text: string): Date | null {
  const match = isoLike.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const milliseconds = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  if (hour > 23 || minute > 59 || second > 59) return null;
  const date = dateOf(year, month, day);
  if (!date) return null;
  const time = ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
  return new Date(date.getTime() + time - offsetOf(match[8] ?? "Z"));
}

function readWords(text: string): Date | null {
  const [, name = "", day, year] = /^([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$/i.exec(text) ?? [];
  return dateOf(Number(year), monthNames.indexOf(name.toLowerCase()) + 1, Number(day));
}

/** @returns null for a day that does not exist. */
function dateOf(year: number, month: number, day: number): Date | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date : null;
}

/** In milliseconds east of UTC. */
function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === "-" ? -offset : offset;
}
