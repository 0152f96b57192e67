import { describe, expect, test } from "vitest";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import { languageOf } from "@/lib/i18n/language-of";
import { type Locale, locales } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import type { Mail } from "./mail";
import { renderMail } from "./render-mail";
import { sampleMails } from "./sample-mails";

const queuedAt = new Date("2026-11-20T05:03:00Z");
const everyMail = locales.flatMap((locale) =>
  sampleMails(locale).map((mail): [string, Locale, Mail] => [mail.template, locale, mail]),
);

test.each(locales)("no template in %s has a text that no email shows", (locale) => {
  const { layout: _, ...templates } = messages[locale].mails;
  const shown = ["subject", "title", "text", "details", "alarm", "button", "note"];
  const names = new Set(Object.values(templates).flatMap((texts) => Object.keys(texts)));
  expect(shown).toEqual(expect.arrayContaining([...names]));
});

describe.each(everyMail)("%s in %s", (_template, locale, mail) => {
  test("has the same content in HTML and plain text, in the reader's language", async () => {
    const { html, text } = await renderMail(mail, queuedAt);
    expect(html).toContain(`lang="${locale}"`);
    expect(html).toContain(mail.name);
    expect(text).toContain(mail.name);
    expect(languageOf(text)).toBe(locale);
    expect(text).not.toMatch(/[{}<>]|undefined|null/);
  });

  test("links to this site, with a button and with the URL as text", async () => {
    const { html, text, link } = await renderMail(mail, queuedAt);
    if (mail.template === "account-deleted" || mail.template === "account-banned") {
      expect(link).toBeNull();
      return;
    }
    expect(link?.startsWith(`${env().APP_URL}/`)).toBe(true);
    expect(html.split(`href="${link?.replaceAll("&", "&amp;")}"`)).toHaveLength(3);
    expect(text).toContain(link);
  });

  test("has a subject without user input", async () => {
    const { subject } = await renderMail(mail, queuedAt);
    expect(subject).toContain(site.name[locale]);
    expect(subject).not.toContain(mail.name);
    expect(subject).not.toMatch(/[\r\n{}]/);
  });

  test("renders the same each time, so that the provider recognises a retry", async () => {
    expect(await renderMail(mail, queuedAt)).toEqual(await renderMail(mail, queuedAt));
  });
});

const verification: Mail = {
  template: "verify-sign-up",
  to: "a+b@example.com",
  locale: "en",
  name: "Minji",
  token: "t0ken",
};

const links: [string, Mail, string, Record<string, string>][] = [
  [
    "sign-up goes through the API to the site's own page",
    verification,
    `${env().APP_URL}/api/v1/auth/signup/email/confirm`,
    { token: "t0ken", email: "a+b@example.com", callbackUrl: `${env().APP_URL}/verify-email` },
  ],
  [
    "sign-up goes through the API to the requested page",
    { ...verification, callbackUrl: "https://app.example.com/done?from=mail" },
    `${env().APP_URL}/api/v1/auth/signup/email/confirm`,
    { token: "t0ken", email: "a+b@example.com", callbackUrl: "https://app.example.com/done?from=mail" },
  ],
  [
    "a reset goes to the form for a new password",
    { ...verification, template: "reset-password" },
    `${env().APP_URL}/reset-password`,
    { token: "t0ken", email: "a+b@example.com" },
  ],
  [
    "a new address goes to the site's own page",
    { ...verification, template: "verify-new-address" },
    `${env().APP_URL}/verify-email`,
    { token: "t0ken", email: "a+b@example.com" },
  ],
  [
    "a new address goes to the requested page, which keeps its query",
    {
      ...verification,
      template: "verify-new-address",
      callbackUrl: "https://app.example.com/done?from=mail",
    },
    "https://app.example.com/done",
    { from: "mail", token: "t0ken", email: "a+b@example.com" },
  ],
];

test.each(links)("the link of %s", async (_name, mail, address, query) => {
  const url = new URL((await renderMail(mail, queuedAt)).link ?? "");
  expect(url.origin + url.pathname).toBe(address);
  expect(Object.fromEntries(url.searchParams)).toEqual(query);
});

test("the email about a changed address links to the page that undoes the change, and states its expiry", async () => {
  const mail: Mail = {
    template: "address-changed",
    to: "old@example.com",
    locale: "en",
    name: "Minji",
    newEmail: "minji@new.example.com",
    token: "t0ken",
  };
  const { link, text } = await renderMail(mail, queuedAt);
  expect(link).toBe(`${env().APP_URL}/undo-address-change?token=t0ken&email=old%40example.com`);
  expect(text).toContain("72 hours");
});

// part: social-sign-in
test.each([
  ["google", "Google"],
  ["github", "GitHub"],
  ["email", "password"],
] as const)("a notice names the sign-in method %s as %s", async (provider, name) => {
  for (const template of ["sign-in-method-added", "sign-in-method-removed"] as const) {
    const mail: Mail = { template, to: "a@example.com", locale: "en", name: "Minji", provider };
    expect((await renderMail(mail, queuedAt)).text).toContain(name);
  }
});
// end of part: social-sign-in

const named = (name: string): Mail => ({ ...verification, name });

test("markup in a name stays text", async () => {
  const { html } = await renderMail(named("<a href=evil>& <script>alert(1)</script>"), queuedAt);
  expect(html).not.toContain("<a href=evil>");
  expect(html).not.toContain("<script>");
  expect((await renderMail(named("<a href=evil>"), queuedAt)).html).toContain("&lt;a href=evil&gt;");
});

test("line breaks in a name make neither headers nor paragraphs", async () => {
  const { subject, text } = await renderMail(named("Minji\r\nBcc: x\r\n\r\nPay now"), queuedAt);
  expect(subject).not.toContain("Bcc");
  expect(text).not.toContain("Bcc");
  expect((await renderMail(named("Minji\r\n\r\n\u2028Pay now"), queuedAt)).text).toContain(
    "Hello Minji Pay now,",
  );
});

test.each(["see https://evil.example", "www.evil.example", "evil.example/x", "me@evil.example", "악한.한국"])(
  "a name that an email client would turn into a link is left out: %s",
  async (name) => {
    const { html, text } = await renderMail(named(name), queuedAt);
    expect(text).toContain("Hello,");
    expect(html + text).not.toContain(name);
  },
);

test.each(["김민지", "Anne-Marie O'Neil", "J. R. R. Tolkien", "Müller 3.", "علي"])(
  "the greeting contains the name %s",
  async (name) => {
    expect((await renderMail(named(name), queuedAt)).text).toContain(`Hello ${name},`);
  },
);

test("the email to the old address masks the new one", async () => {
  const mail: Mail = {
    template: "address-changed",
    to: "old@example.com",
    locale: "en",
    name: "Minji",
    newEmail: "minji.kim@new.example.com",
    token: "t0ken",
  };
  const { html, text } = await renderMail(mail, queuedAt);
  expect(text).toContain("m•••@new.example.com");
  expect(html + text).not.toContain("minji.kim@");
});

test("a language that the site no longer supports becomes the default", async () => {
  const { subject } = await renderMail({ ...verification, locale: "xx" }, queuedAt);
  expect(subject).toBe(`Confirm your email address for ${site.name.en}`);
});

test("a notice contains the time of the event", async () => {
  const mail: Mail = {
    template: "password-changed",
    to: "a@example.com",
    locale: "en",
    name: "Minji",
  };
  expect((await renderMail(mail, queuedAt)).text).toContain("November 20, 2026");
});
