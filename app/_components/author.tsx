import { getTranslations } from "next-intl/server";
import type { Article } from "@/lib/articles/contract";
import { Face } from "./face";

/** Who wrote an article. */
export async function Author({ author }: { author: Article["author"] }) {
  if (!author) {
    const t = await getTranslations("list");
    return <p className="text-muted">{t("noAuthor")}</p>;
  }
  return (
    <p className="flex items-center gap-2">
      <Face name={author.name} image={author.image} />
      {author.name}
    </p>
  );
}
