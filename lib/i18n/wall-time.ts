/** @returns whether a text names a time zone, such as `Asia/Seoul`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** @returns the local time in a time zone, as the value of an `<input type="datetime-local">`. */
export function wallTimeOf(time: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
  return `${part.year?.padStart(4, "0")}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

/**
 * @returns the time of a local time such as `2026-11-28T09:30` in a time zone; an invalid date for any other text, such
 *   as one with a year of six digits, which browsers accept.
 */
export function timeAtWall(wallTime: string, timeZone: string): Date {
  const asUtc = Date.parse(`${wallTime}Z`);
  const offsetAt = (time: number) =>
    Number.isNaN(time)
      ? Number.NaN
      : Date.parse(`${wallTimeOf(new Date(time), timeZone)}Z`) - floorToMinute(time);
  // The offset can differ between the two around a clock change.
  return new Date(asUtc - offsetAt(asUtc - offsetAt(asUtc)));
}

/** @returns the same moment as a local time in another time zone; what is not a local time stays as it is. */
export function convertWallTime(wallTime: string, from: string, to: string): string {
  if (from === to || !isTimeZone(from)) return wallTime;
  const time = timeAtWall(wallTime, from);
  return Number.isNaN(time.getTime()) ? wallTime : wallTimeOf(time, to);
}

function floorToMinute(time: number): number {
  return Math.floor(time / 60_000) * 60_000;
}
