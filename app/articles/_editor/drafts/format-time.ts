import { moment } from "@/lib/i18n/moment";

/**
 * @param timeZone the reader's own where none is named.
 * @returns a time as people write it.
 */
export function formatTime(time: string, locale: string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat(locale, { ...moment, timeZone });
  return format.format(new Date(time));
}
