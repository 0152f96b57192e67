/**
 * @param timeZone the reader's own where none is named.
 * @returns a time as people write it.
 */
export function formatTime(time: string, locale: string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  return format.format(new Date(time));
}
