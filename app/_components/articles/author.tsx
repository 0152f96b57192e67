import { getTranslations } from "next-intl/server";
import { Avatar } from "@/app/_components/ui/avatar";
import { Link } from "@/app/_components/ui/link";
import type { Article } from "@/lib/articles/contract";

/** The author of an article, with a link to their profile. */
export function Author({ author }: { author: Article["author"] }) {
  if (!author) return <NoAuthor />;
  return (
    <p className="-my-2.5 flex">
      <Link href={`/users/${author.id}`} rel="author" className="target gap-2">
        <Avatar name={author.name} image={author.image} />
        {author.name}
      </Link>
    </p>
  );
}

async function NoAuthor() {
  const t = await getTranslations("list");
  return <p className="text-muted">{t("noAuthor")}</p>;
}
