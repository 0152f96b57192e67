import { actorOf } from "@/lib/access/actor";
import { documentRoute } from "@/lib/api/document-route";
import { getArticle } from "@/lib/articles/get-article";
import { articleIdOf } from "@/lib/articles/paths/article-path";
import { drawCard } from "@/lib/cards/draw-card";
import { site } from "@/lib/config/site";
import { isStorableText } from "@/lib/core/contract";
import { AppError } from "@/lib/core/errors";
import { languageOf } from "@/lib/i18n/language-of";

/** The share card (Open Graph image) of a public article. */
export const GET = documentRoute<{ id: string }>(
  async ({ params }) => {
    const id = articleIdOf(params.id);
    if (!isStorableText(id)) throw new AppError("data/not-found");
    const { title, content, category, author, createdAt, publishedAt } = await getArticle(id, actorOf(null));
    const language = languageOf(title + content);
    const date = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: site.timeZone });
    const facts = [date.format(publishedAt ?? createdAt), category ?? "", author?.name ?? ""].filter(Boolean);
    return {
      body: await drawCard({ title, facts, siteName: site.name[language] }),
      contentType: "image/png",
    };
  },
  { addressLimit: "card" },
);
