import { moment } from "@/lib/i18n/moment";

/**
 * @param time an ISO time.
 * @param timeZone defaults to the browser's.
 */
export function formatTime(time: string, locale: string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat(locale, { ...moment, timeZone });
  return format.format(new Date(time));
}
