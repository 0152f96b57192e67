import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageShell } from "@/app/_components/layout/page-shell";
import { site } from "@/lib/config/site";
import { listMailbox, type MailboxEntry } from "@/lib/email/mailbox";
import { moment } from "@/lib/i18n/moment";
import { showsDevelopmentPages } from "@/lib/web/development-pages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("mailbox");
  return { title: t("title"), description: t("description") };
}

/** The emails that the blog would have sent in production, for development. */
export default async function MailboxPage() {
  if (!showsDevelopmentPages(await headers())) notFound();
  const t = await getTranslations("mailbox");
  const mails = await listMailbox();
  return (
    <PageShell>
      <div className="with-margin pt-16">
        <div className="in-column">
          <h1 className="text-32">{t("title")}</h1>
          <p className="mt-4 text-15 text-muted">
            {t("description")}{" "}
            <a href="/dev/mailbox.json" className="underline">
              {t("json")}
            </a>
          </p>
          {mails.length === 0 && <p className="mt-12 text-17">{t("empty")}</p>}
          {mails.map((mail) => (
            <MailboxMessage key={mail.id} mail={mail} />
          ))}
        </div>
      </div>
    </PageShell>
  );
}

async function MailboxMessage({ mail }: { mail: MailboxEntry }) {
  const [t, locale] = await Promise.all([getTranslations("mailbox"), getLocale()]);
  const sentAt = new Intl.DateTimeFormat(locale, {
    ...moment,
    timeStyle: "medium",
    timeZone: site.timeZone,
  }).format(new Date(mail.sentAt));
  return (
    <article className="mt-12 border-rule border-t pt-6">
      <h2 className="text-20">{mail.subject}</h2>
      <p className="mt-1 text-13 text-muted">
        {t("to", { to: mail.to })} · <time dateTime={mail.sentAt}>{sentAt}</time>
      </p>
      {/* No scripts, no forms, no access to this page; links open in a new tab. */}
      <iframe
        title={mail.subject}
        srcDoc={mail.html}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        className="mt-4 h-[36rem] w-full border border-rule"
      />
      <details className="mt-4 text-15">
        <summary className="cursor-pointer">{t("text")}</summary>
        <pre className="mt-2 whitespace-pre-wrap break-words text-13">{mail.text}</pre>
      </details>
    </article>
  );
}
