import { expect, test } from "vitest";
import { convertWallTime, isTimeZone, timeAtWall, wallTimeOf } from "./wall-time";

test.each([
  ["Asia/Seoul", "2026-11-28T09:30", "2026-11-28T00:30:00.000Z"],
  ["UTC", "2026-11-28T00:00", "2026-11-28T00:00:00.000Z"],
  ["America/New_York", "2026-07-01T12:00", "2026-07-01T16:00:00.000Z"],
  ["America/New_York", "2026-12-31T23:59", "2027-01-01T04:59:00.000Z"],
  ["Asia/Kathmandu", "2026-01-01T05:45", "2026-01-01T00:00:00.000Z"],
  // Around the clock changes of 2026: 8 March and 1 November, at 2 a.m.
  ["America/New_York", "2026-03-08T01:59", "2026-03-08T06:59:00.000Z"],
  ["America/New_York", "2026-03-08T03:00", "2026-03-08T07:00:00.000Z"],
  ["America/New_York", "2026-11-01T02:00", "2026-11-01T07:00:00.000Z"],
  ["UTC", "0999-01-01T00:00", "0999-01-01T00:00:00.000Z"],
])("clocks in %s show %s at %s", (zone, wallTime, time) => {
  expect(timeAtWall(wallTime, zone).toISOString()).toBe(time);
  expect(wallTimeOf(new Date(time), zone)).toBe(wallTime);
});

test("keeps the hour of a time that occurs twice when clocks are set back", () => {
  expect(wallTimeOf(timeAtWall("2026-11-01T01:30", "America/New_York"), "America/New_York")).toBe(
    "2026-11-01T01:30",
  );
});

test.each([
  ["to the reader's time zone", "2026-11-28T09:30", "Asia/Seoul", "America/New_York", "2026-11-27T19:30"],
  ["within one time zone not at all", "2026-11-28T09:30", "Asia/Seoul", "Asia/Seoul", "2026-11-28T09:30"],
  ["from an unknown time zone not at all", "2026-11-28T09:30", "Mars/Olympus", "UTC", "2026-11-28T09:30"],
  ["not at all where it is empty", "", "Asia/Seoul", "UTC", ""],
])("converts a local time %s", (_, wallTime, from, to, converted) => {
  expect(convertWallTime(wallTime, from, to)).toBe(converted);
});

test.each([
  ["202709-01-01T00:00", "UTC"],
  ["10000-01-01T00:00", "America/New_York"],
  ["9999-12-31T23:59", "Asia/Seoul"],
  ["", "UTC"],
])("%j is no valid time in %s", (wallTime, zone) => {
  expect(timeAtWall(wallTime, zone).getTime()).toBeNaN();
  expect(convertWallTime(wallTime, zone, "Europe/Paris")).toBe(wallTime);
});

test("recognizes names of time zones", () => {
  expect(["Asia/Seoul", "UTC", "Mars/Olympus", "", "<b>"].filter(isTimeZone)).toEqual(["Asia/Seoul", "UTC"]);
});
