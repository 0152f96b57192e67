import { expect, test } from "vitest";
import { env } from "@/lib/config/env";
import { resolveCoverImage } from "./cover-image";

const stored = `/api/v1/storage/${"0".repeat(32)}`;
const { APP_URL } = env();

test.each([
  [stored, stored],
  [APP_URL + stored, stored],
  [`${APP_URL}${stored}?width=640`, stored],
  [`${stored}?width=640#top`, stored],
  [`${APP_URL}/photos/hill.jpg?b`, "/photos/hill.jpg?b"],
  ["https://example.com/a.png?width=640", "https://example.com/a.png?width=640"],
])("stores the cover %s as %s", async (given, path) => {
  expect(await resolveCoverImage(given, null)).toBe(path);
});
