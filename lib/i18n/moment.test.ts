import { expect, test } from "vitest";
import { zonedMoment } from "./moment";

test.each([
  ["en", "Asia/Seoul", "2026-11-28T00:30:00Z", "Nov 28, 2026, 09:30 (GMT+9)"],
  ["ko", "Asia/Seoul", "2026-11-28T00:30:00Z", "2026. 11. 28. 09:30 (GMT+9)"], // part: korean
  ["en", "America/New_York", "2026-11-28T00:30:00Z", "Nov 27, 2026, 19:30 (EST)"],
  ["en", "America/New_York", "2026-07-28T00:30:00Z", "Jul 27, 2026, 20:30 (EDT)"],
])("in %s, a time in %s has the name of its zone", (locale, timeZone, time, text) => {
  expect(zonedMoment(new Date(time), { locale, timeZone })).toBe(text);
});
