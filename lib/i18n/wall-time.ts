/** @returns whether a text names a time zone, such as `Asia/Seoul`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** @returns what clocks in a time zone show at a time, as a field of the type `datetime-local` takes it. */
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

/** @returns the time at which clocks in a time zone show this, such as `2026-11-28T09:30`. */
export function timeAtWall(wallTime: string, timeZone: string): Date {
  const asUtc = Date.parse(`${wallTime}Z`);
  const offsetAt = (time: number) =>
    Date.parse(`${wallTimeOf(new Date(time), timeZone)}Z`) - floorToMinute(time);
  // The offset may differ between the two, where clocks are put forward or back.
  return new Date(asUtc - offsetAt(asUtc - offsetAt(asUtc)));
}

function floorToMinute(time: number): number {
  return Math.floor(time / 60_000) * 60_000;
}
