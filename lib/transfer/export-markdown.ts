import "server-only";
import { createHash } from "node:crypto";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { articlePath } from "@/lib/articles/paths/article-path";
import { env } from "@/lib/config/env";
import { db } from "@/lib/core/db";
import { slugOf } from "@/lib/core/slug";
import { readFully } from "@/lib/files/uploads/stored-files";
import type { Article } from "@/lib/generated/prisma/client";
import { fileKeyIn } from "@/lib/images/image-path";
import { isImageType } from "@/lib/images/image-types";
import { findTags } from "@/lib/tags/find-tags";
import { imageAddresses, replaceImageAddresses } from "./reading/image-addresses";
import { Refused } from "./reading/refused";
import type { OnResult, Result } from "./result";

const endings = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
} as const;

/** Articles may be long and many: this many at a time are in memory. */
const batchSize = 20;

type Options = { folder: string; authorId?: string | undefined; onResult?: OnResult };

/**
 * Exports articles as Markdown files with front matter, and their pictures, as `importMarkdown` reads them. The same
 * articles give the same bytes.
 *
 * @param options.folder is created; one with files in it is refused.
 * @param options.authorId whose articles; without it, all.
 * @throws Refused
 */
export async function exportMarkdown({
  folder,
  authorId,
  onResult = () => undefined,
}: Options): Promise<Result[]> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Refused(`${folder} is not empty.`);
  await Promise.all(["articles", "pictures"].map((name) => mkdir(join(folder, name))));

  const where = authorId === undefined ? {} : { createdBy: authorId };
  const total = await db.article.count({ where });
  const results: Result[] = [];
  for (let after = ""; ; ) {
    const batch = await db.article.findMany({
      where: { ...where, id: { gt: after } },
      orderBy: { id: "asc" },
      take: batchSize,
    });
    for (const article of batch) {
      const result = await exportArticle(article, folder);
      results.push(result);
      onResult(result, results.length, total);
    }
    const last = batch.at(-1);
    if (!last) return results;
    after = last.id;
  }
}

async function exportArticle(article: Article, folder: string): Promise<Result> {
  const notes: string[] = [];
  const written = new Map<string, string>();
  const addresses = [...imageAddresses(article.content), ...(article.coverImage ? [article.coverImage] : [])];
  for (const address of addresses) {
    const name = await exportPicture(address, folder, notes);
    if (name !== null) written.set(address, `../pictures/${name}`);
  }
  const file = `articles/${decodeURIComponent(articlePath(article)).replace("/articles/", "")}.md`;
  const frontMatter = stringify(await fieldsOf(article, written), { lineWidth: 0 });
  const content = replaceImageAddresses(article.content, written);
  await writeFile(join(folder, file), `---\n${frontMatter}---\n\n${content}\n`);
  return { file, outcome: "exported", notes };
}

async function fieldsOf(article: Article, written: ReadonlyMap<string, string>) {
  const {
    id,
    title,
    publishedAt,
    createdAt,
    updatedAt,
    category,
    excerpt,
    coverImage,
    coverAlt,
    isPublished,
  } = article;
  const [tags, aliases] = await Promise.all([
    findTags(article.tags),
    db.articleAlias.findMany({ where: { articleId: id }, orderBy: { path: "asc" } }),
  ]);
  const date = (isPublished && publishedAt) || createdAt;
  return {
    id,
    title,
    date: date.toISOString(),
    createdAt: createdAt.toISOString(),
    ...(publishedAt && { publishedAt: publishedAt.toISOString() }),
    updated: updatedAt.toISOString(),
    ...(tags.length > 0 && { tags: tags.map(({ name }) => name) }),
    ...(category !== null && { category }),
    ...(excerpt !== null && { excerpt }),
    ...(coverImage !== null && { cover: written.get(coverImage) ?? coverImage }),
    ...(coverAlt !== null && { coverAlt }),
    ...(!isPublished && { draft: true }),
    ...(aliases.length > 0 && {
      aliases: aliases.map(({ path }) => path.split("/").map(encodeURIComponent).join("/")),
    }),
  };
}

/** @returns the name of the file that a picture of the store was written to; null for an address elsewhere. */
async function exportPicture(address: string, folder: string, notes: string[]): Promise<string | null> {
  const path = address.startsWith(`${env().APP_URL}/`) ? address.slice(env().APP_URL.length) : address;
  const key = path.startsWith("/") ? fileKeyIn(path) : undefined;
  if (key === undefined) return null;
  const file = await db.file.findFirst({
    where: { key, visibility: "public", registeredAt: { not: null }, removedAt: null },
  });
  const bytes = file && (await readFully(file));
  if (!file || !bytes || !isImageType(file.mimeType)) {
    notes.push(`${address} is not in the store.`);
    return null;
  }
  // By its content, so that an import gives it the same name again.
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const words = slugOf(file.originalName.replace(/\.\w+$/, "").replace(new RegExp(`-?${hash}$`), ""));
  const name = `${[words, hash].filter(Boolean).join("-")}.${endings[file.mimeType]}`;
  await writeFile(join(folder, "pictures", name), bytes);
  return name;
}
