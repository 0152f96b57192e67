import "server-only";
import { v5 as idOf, validate as isUuid } from "uuid";
import { z } from "zod";
import { normalizeOldPath } from "@/lib/articles/paths/old-path";
import { isStorableText } from "@/lib/core/contract";
import { db } from "@/lib/core/db";
import { storeImage } from "@/lib/files/create-file";
import { imagePathOf } from "@/lib/images/image-path";
import { maxImageBytes } from "@/lib/images/image-types";
import { createTagContract, tagNameKey } from "@/lib/tags/contract";
import { listFolder, readInside, readText } from "./reading/folder";
import { imageAddresses, replaceImageAddresses } from "./reading/image-addresses";
import { readDate } from "./reading/read-date";
import { Refused, reasonOf } from "./reading/refused";
import type { OnResult, Result } from "./result";
import { checkArticle, writeArticle, writeTag } from "./write-article";

const maxPageBytes = 64 * 1024 * 1024;

const time = z.string().transform((text) => readDate(text));
const record = {
  id: z.string().min(1).max(100).refine(isStorableText),
  createdBy: z.string().nullish(),
  createdAt: time,
  updatedAt: time.optional(),
};
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? null);
const kinds = {
  files: z.object({
    ...record,
    originalName: z.string(),
    s3Key: z.string().optional(),
    key: z.string().optional(),
    visibility: z.string().optional(),
  }),
  tags: z.object({ ...record, name: z.string(), slug: z.string().nullish() }),
  articles: z.object({
    ...record,
    title: z.string(),
    content: z.string(),
    excerpt: optionalText,
    coverImage: optionalText,
    category: optionalText,
    isPublished: z.boolean().default(false),
    publishedAt: time.nullish(),
    tags: z.array(z.string()).default([]),
  }),
  bookmarks: z.object({ ...record, articleId: z.string() }),
};
const page = z.object({ success: z.literal(true), data: z.object({ items: z.array(z.unknown()) }) });

type Kind = keyof typeof kinds;

type Options = { folder: string; authorId: string; isDryRun?: boolean; onResult?: OnResult };

/** The state of an import. The maps lead from ids in the export to ids in this blog. */
type Run = Required<Omit<Options, "onResult">> & {
  tags: Map<string, string>;
  articles: Map<string, string>;
  /** Users in the export who wrote articles: their bookmarks are imported for the author. */
  writers: Set<string>;
  /** Paths on this site by a part that identifies the picture in its old URL: its id or its key. */
  pictures: Map<string, string>;
};

/**
 * Imports an export of bkend: files such as `articles_page1.json`, and the pictures under their names. Keeps times, and
 * ids that are UUIDs. Skips records that were imported before.
 *
 * @param options.authorId the owner of all imported records.
 * @returns the outcome of each record.
 * @throws Refused for a folder that cannot be read.
 */
export async function importBkend(options: Options): Promise<Result[]> {
  const { folder, authorId, isDryRun = false, onResult = () => undefined } = options;
  const maps = { tags: new Map(), articles: new Map(), writers: new Set<string>(), pictures: new Map() };
  const run: Run = { folder, authorId, isDryRun, ...maps };
  const entries = await listFolder(folder);
  const results: Result[] = [];
  const report = (result: Result) => {
    results.push(result);
    onResult(result, results.length, 0);
  };
  // In this order, since each refers to those before it.
  for (const kind of ["files", "tags", "articles", "bookmarks"] as const) {
    const pages = entries.filter(({ path }) => new RegExp(`^${kind}_page\\d+\\.json$`).test(path));
    for (const { path, isLink } of pages.sort(
      (one, other) => pageNumber(one.path) - pageNumber(other.path),
    )) {
      const items = isLink ? new Refused("It is a link.") : await readPage(folder, path);
      if (items instanceof Refused) {
        report({ file: path, outcome: "refused", reason: items.message, notes: [] });
        continue;
      }
      for (const [index, item] of items.entries())
        report(await importItem(kind, item, `${path}#${index + 1}`, run));
    }
  }
  return results;
}

function pageNumber(path: string): number {
  return Number(/(\d+)\.json$/.exec(path)?.[1]);
}

async function readPage(folder: string, path: string): Promise<unknown[] | Refused> {
  try {
    const parsed = page.safeParse(JSON.parse(await readText(folder, path, maxPageBytes)));
    return parsed.success ? parsed.data.data.items : new Refused("It is not a page of an export.");
  } catch (error) {
    if (error instanceof SyntaxError) return new Refused("It is not well-formed JSON.");
    if (error instanceof Refused) return error;
    throw error;
  }
}

async function importItem(kind: Kind, item: unknown, file: string, run: Run): Promise<Result> {
  const notes: string[] = [];
  try {
    const isNew = await importers[kind](item, run, notes);
    return { file, outcome: isNew ? "imported" : "present", notes };
  } catch (error) {
    return { file, outcome: "refused", reason: reasonOf(error), notes };
  }
}

/** Each returns whether the record is new. */
const importers: Record<Kind, (item: unknown, run: Run, notes: string[]) => Promise<boolean>> = {
  files: importFile,
  tags: importTag,
  articles: importArticle,
  bookmarks: importBookmark,
};

function read<Schema extends z.ZodType>(schema: Schema, item: unknown): z.output<Schema> {
  const parsed = schema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new Refused(
    `These fields are not valid: ${parsed.error.issues.map(({ path }) => path.join(".")).join(", ")}.`,
  );
}

/** @returns the id of the export if it is a UUID, or else a UUID derived from it. */
function idFor(kind: Kind, id: string, { authorId }: Run): string {
  return isUuid(id) ? id.toLowerCase() : idOf(JSON.stringify([authorId, "bkend", kind, id]), idOf.URL);
}

async function importFile(item: unknown, run: Run): Promise<boolean> {
  const file = read(kinds.files, item);
  const id = idFor("files", file.id, run);
  const known = await db.file.findUnique({ where: { id }, select: { key: true } });
  const key = known?.key ?? (await storeFile(file, id, run));
  // Shorter ids could occur in any URL. In a dry run there is no key.
  const parts = [file.id, file.s3Key, file.key].filter((part) => part !== undefined && part.length >= 8);
  if (key) for (const part of parts) run.pictures.set(String(part), imagePathOf(key));
  return known === null;
}

async function storeFile(file: z.output<typeof kinds.files>, id: string, run: Run): Promise<string> {
  const last = (file.s3Key ?? file.key)?.split("/").at(-1);
  const names = [file.originalName, last, file.id].flatMap((name) => (name ? [name, `files/${name}`] : []));
  for (const name of names) {
    const bytes = await readInside(run.folder, name, maxImageBytes);
    if (!bytes) continue;
    if (run.isDryRun) return "";
    const visibility = file.visibility === undefined || file.visibility === "public" ? "public" : "private";
    const { key } = await storeImage({ filename: file.originalName, bytes }, run.authorId, visibility);
    await db.file.update({ where: { key }, data: { id, createdAt: file.createdAt } });
    return key;
  }
  throw new Refused(`There is no file ${file.originalName}.`);
}

async function importTag(item: unknown, run: Run): Promise<boolean> {
  const { id: oldId, name, slug, createdAt, updatedAt = createdAt } = read(kinds.tags, item);
  const checked = createTagContract.body.safeParse({ name, ...(slug && { slug }) });
  if (!checked.success) throw new Refused(`${JSON.stringify(name.slice(0, 40))} cannot be a tag.`);
  const [id, nameKey] = [idFor("tags", oldId, run), tagNameKey(checked.data.name)];
  const known = await db.tag.findFirst({
    where: { OR: [{ id }, { createdBy: run.authorId, nameKey }] },
    select: { id: true },
  });
  run.tags.set(oldId, known?.id ?? id);
  if (known || run.isDryRun) return known === null;
  await writeTag({ ...checked.data, id, createdAt, updatedAt }, run.authorId, db);
  return true;
}

async function importArticle(item: unknown, run: Run, notes: string[]): Promise<boolean> {
  const { id: oldId, createdBy, ...fields } = read(kinds.articles, item);
  const id = idFor("articles", oldId, run);
  run.articles.set(oldId, id);
  if (createdBy) run.writers.add(createdBy);
  if ((await db.article.count({ where: { id } })) > 0) return false;

  const pathOf = (address: string) => [...run.pictures].find(([part]) => address.includes(part))?.[1];
  const replaced = imageAddresses(fields.content).map((address): [string, string] => [
    address,
    pathOf(address) ?? address,
  ]);
  const { createdAt, updatedAt = createdAt, publishedAt } = fields;
  const tagIds = fields.tags.flatMap((tag) => run.tags.get(tag) ?? []);
  if (tagIds.length < fields.tags.length) notes.push("Some of its tags are not in the export.");
  const oldPath = id === oldId ? null : normalizeOldPath(`/articles/${encodeURIComponent(oldId)}`);
  const article = checkArticle({
    ...fields,
    id,
    content: replaceImageAddresses(fields.content, new Map(replaced)),
    coverImage: fields.coverImage && (pathOf(fields.coverImage) ?? fields.coverImage),
    coverAlt: null,
    publishedAt: publishedAt ?? (fields.isPublished ? createdAt : null),
    createdAt,
    updatedAt,
    tagIds,
    oldPaths: oldPath === null ? [] : [oldPath],
  });
  return run.isDryRun || writeArticle(article, run.authorId);
}

async function importBookmark(item: unknown, run: Run): Promise<boolean> {
  const { id: oldId, articleId: oldArticleId, createdBy, createdAt } = read(kinds.bookmarks, item);
  if (createdBy && run.writers.size > 0 && !run.writers.has(createdBy)) {
    throw new Refused("It belongs to a user who wrote no article.");
  }
  const articleId = run.articles.get(oldArticleId);
  if (articleId === undefined) throw new Refused("Its article is not in the export.");
  if (run.isDryRun) return true;
  if ((await db.article.count({ where: { id: articleId } })) === 0)
    throw new Refused("Its article was refused.");
  const data = { id: idFor("bookmarks", oldId, run), articleId, createdBy: run.authorId, createdAt };
  return (await db.bookmark.createMany({ data, skipDuplicates: true })).count > 0;
}
