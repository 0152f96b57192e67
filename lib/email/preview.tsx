import { createServer } from "node:http";
import { loadEnvFiles } from "@/lib/config/load-env-files";
import { isLocale, locales } from "@/lib/i18n/locales";
import { renderMail } from "./render-mail";
import { sampleMails } from "./sample-mails";

// `npm run email`: every email in every language, rendered at each request. Edit one and reload.

const port = 3001;

loadEnvFiles();

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const [, locale = "", template] = pathname.split("/");
  const mail = isLocale(locale) && sampleMails(locale).find((sample) => sample.template === template);
  if (!mail) {
    response.setHeader("Content-Type", "text/html; charset=utf-8").end(list());
    return;
  }
  const { html, text } = await renderMail(mail, new Date("2026-11-20T05:03:00Z"));
  const isText = searchParams.has("text");
  response
    .setHeader("Content-Type", `text/${isText ? "plain" : "html"}; charset=utf-8`)
    .end(isText ? text : html);
}).listen(port, "localhost", () => console.log(`The mails: http://localhost:${port}`));

function list(): string {
  const items = locales.flatMap((locale) =>
    sampleMails(locale).map(({ template }) => {
      const path = `/${locale}/${template}`;
      return `<li><a href="${path}">${template} (${locale})</a>, <a href="${path}?text">as text</a></li>`;
    }),
  );
  return `<!doctype html><meta name="color-scheme" content="light dark"><title>Mails</title><ul>${items.join("")}</ul>`;
}
