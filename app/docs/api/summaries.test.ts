import { expect, test } from "vitest";
import { apiReference } from "@/lib/docs/api-reference";
import { locales } from "@/lib/i18n/locales";
import { summaryOf } from "./summaries";

test.each(locales)("each endpoint has a summary in %s", (locale) => {
  const other = apiReference().filter((found) => summaryOf(found, locale).language !== locale);
  expect(other.map(({ id }) => id)).toEqual([]);
});
