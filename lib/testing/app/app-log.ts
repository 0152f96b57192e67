import { readFile } from "node:fs/promises";
import { inject } from "vitest";

/** A line of the app's log. */
export type LoggedEvent = { level: string; event: string; [field: string]: unknown };

/** @returns the events that the running app has logged about one request so far. */
export async function eventsOf(requestId: string): Promise<LoggedEvent[]> {
  const lines = (await readFile(inject("appLog"), "utf8")).split("\n");
  return lines.filter((line) => line.includes(`"requestId":"${requestId}"`)).map((line) => JSON.parse(line));
}
