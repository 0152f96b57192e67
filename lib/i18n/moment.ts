/** The format of a date with its time. 24 hours, since current Unicode data writes "PM 2:13" even in Korean. */
export const moment = { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" } as const;

/** @returns a date with its time in a time zone, and the name of the zone: `Nov 28, 2026, 09:30 (GMT+9)`. */
export function zonedMoment(
  date: Date,
  {
    locale,
    timeZone,
    dateStyle = moment.dateStyle,
  }: { locale: string; timeZone: string; dateStyle?: "medium" | "long" },
): string {
  const format = new Intl.DateTimeFormat(locale, { ...moment, dateStyle, timeZone });
  // `timeZoneName` cannot be combined with `dateStyle`.
  const zone = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" })
    .formatToParts(date)
    .find(({ type }) => type === "timeZoneName");
  return `${format.format(date)} (${zone?.value})`;
}
