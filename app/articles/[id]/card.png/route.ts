import { articleIdOf } from "@/lib/articles/article-path";
import { getArticle } from "@/lib/articles/get-article";
import { actorOf } from "@/lib/auth/actor";
import { drawCard } from "@/lib/cards/draw-card";
import { isStorableText } from "@/lib/http/contract";
import { documentRoute } from "@/lib/http/document-route";
import { ApiError } from "@/lib/http/errors";
import { languageOf } from "@/lib/i18n/language-of";
import { site } from "@/lib/site";

/** The picture of a public article, for where its address is shared. */
export const GET = documentRoute<{ id: string }>(
  async ({ params }) => {
    const id = articleIdOf(params.id);
    if (!isStorableText(id)) throw new ApiError("data/not-found");
    const { title, content, category, author, createdAt, publishedAt } = await getArticle(id, actorOf(null));
    const language = languageOf(title + content);
    const date = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: site.timeZone });
    const facts = [date.format(publishedAt ?? createdAt), category ?? "", author?.name ?? ""].filter(Boolean);
    return {
      body: await drawCard({ title, facts, siteName: site.name[language] }),
      contentType: "image/png",
      maxAgeSeconds: 3600,
    };
  },
  { addressLimit: "card" },
);
