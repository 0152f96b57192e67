import { expect, test } from "vitest";
import { en } from "@/lib/i18n/messages/en";
import { newUser } from "@/lib/testing/people";
import { PlainBrowser, shownBy } from "@/lib/testing/plain-browser";

test("the editor says that the time zone of the browser is unknown", async () => {
  const browser = new PlainBrowser();
  await browser.signIn(await newUser());
  const fields = { title: "Margins", content: "Words.", timeZone: "Etc/Unknown" };
  const answer = await browser.send("/articles/new", 'name="title"', fields);
  expect(await shownBy(answer)).toContain(en.validation.invalid);
});
