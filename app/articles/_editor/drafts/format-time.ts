import { moment } from "@/lib/i18n/moment";

/**
 * @param time an ISO time.
 * @returns it in the browser's time zone.
 */
export function formatTime(time: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, moment).format(new Date(time));
}
