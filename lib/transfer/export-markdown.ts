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
import { fileKeyIn, withoutQuery } from "@/lib/images/image-path";
import { isImageType } from "@/lib/images/image-types";
import { findTags } from "@/lib/tags/find-tags";
import { imageAddresses, replaceImageAddresses } from "./reading/image-addresses";
import { Refused } from "./reading/refused";
import type { OnResult, Result } from "./result";

const extensions = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
} as const;

/** The number of articles in memory at a time. */
const batchSize = 20;

type Options = { folder: string; authorId?: string | undefined; onResult?: OnResult };

/**
 * Exports articles as Markdown files with front matter, and their pictures, in the format of `importMarkdown`. The
 * output is deterministic.
 *
 * @param options.folder is created if it does not exist.
 * @param options.authorId exports only this author's articles.
 * @throws Refused for a folder that is not empty.
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
  const exportedPictures = new Map<string, string>();
  const addresses = [...imageAddresses(article.content), ...(article.coverImage ? [article.coverImage] : [])];
  for (const address of addresses) {
    const name = await exportPicture(address, folder, notes);
    if (name !== null) exportedPictures.set(address, `../pictures/${name}`);
  }
  const file = `articles/${decodeURIComponent(articlePath(article)).replace("/articles/", "")}.md`;
  const frontMatter = stringify(await fieldsOf(article, exportedPictures), { lineWidth: 0 });
  const content = replaceImageAddresses(article.content, exportedPictures);
  await writeFile(join(folder, file), `---\n${frontMatter}---\n\n${content}\n`);
  return { file, outcome: "exported", notes };
}

async function fieldsOf(article: Article, exportedPictures: ReadonlyMap<string, string>) {
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
    ...(coverImage !== null && { cover: exportedPictures.get(coverImage) ?? coverImage }),
    ...(coverAlt !== null && { coverAlt }),
    ...(!isPublished && { draft: true }),
    ...(aliases.length > 0 && {
      aliases: aliases.map(({ path }) => path.split("/").map(encodeURIComponent).join("/")),
    }),
  };
}

/** Writes a stored picture to the folder. @returns its file name; null for an external URL or a missing picture. */
async function exportPicture(address: string, folder: string, notes: string[]): Promise<string | null> {
  const path = address.startsWith(`${env().APP_URL}/`) ? address.slice(env().APP_URL.length) : address;
  const key = path.startsWith("/") ? fileKeyIn(withoutQuery(path)) : undefined;
  if (key === undefined) return null;
  const file = await db.file.findFirst({
    where: { key, visibility: "public", registeredAt: { not: null }, removedAt: null },
  });
  const bytes = file && (await readFully(file));
  if (!file || !bytes || !isImageType(file.mimeType)) {
    notes.push(`${address} is not in the store.`);
    return null;
  }
  // Contains the content hash, so that an import and another export yield the same name.
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const words = slugOf(file.originalName.replace(/\.\w+$/, "").replace(new RegExp(`-?${hash}$`), ""));
  const name = `${[words, hash].filter(Boolean).join("-")}.${extensions[file.mimeType]}`;
  await writeFile(join(folder, "pictures", name), bytes);
  return name;
}
