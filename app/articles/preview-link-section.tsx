import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { ShareButton } from "@/app/_components/ui/share-button";
import type { Actor } from "@/lib/access/actor";
import type { Article } from "@/lib/articles/contract";
import { issuePreviewLink } from "@/lib/articles/reading/preview-links";
import { site } from "@/lib/config/site";
import { zonedMoment } from "@/lib/i18n/moment";
import { revokePreviewLinksAction } from "./actions";

/** The preview link with which the author shows an article to others before it is public. */
export async function PreviewLinkSection({ article, actor }: { article: Article; actor: Actor }) {
  const [{ url, expiresAt }, t, { editor }, locale] = await Promise.all([
    issuePreviewLink(article.id, actor),
    getTranslations("editor.previewLink"),
    getMessages(),
    getLocale(),
  ]);
  const when = zonedMoment(expiresAt, { locale, timeZone: site.timeZone });
  return (
    <section aria-labelledby="preview-link" className="mt-10 border-t border-rule pt-5">
      <h2 id="preview-link" className="text-15 font-semibold">
        {t("title")}
      </h2>
      <p className="mt-1.5 text-13 text-muted">{t("help", { when })}</p>
      <input type="text" readOnly value={url} aria-label={t("address")} className="input mt-3 text-13" />
      <div className="mt-2 flex flex-wrap items-center gap-x-5">
        <ShareButton address={url} title={article.title} messages={editor.previewLink} />
        <Form action={revokePreviewLinksAction} hidden={{ id: article.id }}>
          <SubmitButton working={t("revoking")} className="target text-muted hover:text-accent">
            {t("revoke")}
          </SubmitButton>
        </Form>
      </div>
    </section>
  );
}
