import "server-only";
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { v5 as idOf } from "uuid";
import { articleLimits } from "@/lib/articles/contract";
import { countCodePoints, isHttpsAddress } from "@/lib/core/contract";
import { db } from "@/lib/core/db";
import { createTagContract, tagNameKey } from "@/lib/tags/contract";
import { type FoundPicture, PictureStore } from "./picture-store";
import { type Entry, listFolder, readText } from "./reading/folder";
import { imageAddresses, replaceImageAddresses } from "./reading/image-addresses";
import { type MarkdownText, readMarkdownText } from "./reading/markdown-text";
import { Refused, reasonOf } from "./reading/refused";
import type { OnResult, Result } from "./result";
import { checkArticle, type ImportedArticle, writeArticle } from "./write-article";

/** In bytes. Ten times the limit of an article, to allow for front matter and inline pictures. */
const maxTextBytes = 1024 * 1024;

type Options = { folder: string; authorId: string; isDryRun?: boolean; onResult?: OnResult };

/** The state of an import. */
type Run = Omit<Required<Options>, "onResult"> & {
  pictures: PictureStore;
  /** Paths of the texts so far, by article id and by content hash, to detect duplicates. */
  seen: Map<string, string>;
};

/**
 * Imports a folder of Markdown files as articles of one author, with the pictures in the folder. Files that were
 * imported before are skipped, so an import can be repeated. Each file is imported completely or not at all.
 *
 * @param options.isDryRun reads and checks everything, and writes nothing.
 * @returns the outcome of each file.
 * @throws Refused for a folder that cannot be read.
 */
export async function importMarkdown(options: Options): Promise<Result[]> {
  const { folder, authorId, isDryRun = false, onResult = () => undefined } = options;
  const entries = (await listFolder(folder)).filter(({ path }) => /\.(md|mdx|markdown)$/i.test(path));
  const run: Run = {
    folder,
    authorId,
    isDryRun,
    pictures: new PictureStore(folder, authorId),
    seen: new Map(),
  };
  const results: Result[] = [];
  for (const entry of entries) {
    const result = await importFile(entry, run);
    results.push(result);
    onResult(result, results.length, entries.length);
  }
  return results;
}

async function importFile({ path, isLink }: Entry, run: Run): Promise<Result> {
  const notes: string[] = [];
  try {
    if (isLink) throw new Refused("It is a link.");
    if (basename(path).startsWith("_index."))
      throw new Refused("It is the page of a section, not an article.");
    const text = readMarkdownText(path, await readText(run.folder, path, maxTextBytes));
    const id = text.id ?? idOf(JSON.stringify([run.authorId, path]), idOf.URL);
    const duplicate = findDuplicate(path, id, text, run);
    if (duplicate)
      return { file: path, outcome: "present", reason: `It is the same as ${duplicate}.`, notes };
    if ((await db.article.count({ where: { id } })) > 0) {
      return { file: path, outcome: "present", reason: "It is in the blog already.", notes };
    }
    const isWritten = await importText({ path, id, text, notes }, run);
    return { file: path, outcome: isWritten ? "imported" : "present", notes };
  } catch (error) {
    return { file: path, outcome: "refused", reason: reasonOf(error), notes };
  }
}

/** @returns the path of an earlier file with the same id or text. */
function findDuplicate(
  path: string,
  id: string,
  { title, content }: MarkdownText,
  { seen }: Run,
): string | undefined {
  const hash = createHash("sha256")
    .update(JSON.stringify([title, content]))
    .digest("hex");
  const duplicate = seen.get(id) ?? seen.get(hash);
  if (!duplicate) seen.set(id, path).set(hash, path);
  return duplicate;
}

type Source = { path: string; id: string; text: MarkdownText; notes: string[] };

async function importText({ path, id, text, notes }: Source, run: Run): Promise<boolean> {
  const { cover, tags, ...fields } = text;
  const article = checkArticle({
    ...fields,
    id,
    ...withinLimits(text, notes),
    coverImage: null,
    tags: usableTags(tags, notes),
  });
  const pictures = new Map<string, FoundPicture>();
  for (const address of [...imageAddresses(article.content), ...(cover ? [cover] : [])]) {
    const found = await run.pictures.find(address, path);
    if (typeof found === "string") notes.push(found);
    else if (found) pictures.set(address, found);
  }
  if (run.isDryRun) return true;

  const { pathOf, undo } = await run.pictures.store([...pictures.values()]);
  const paths = new Map([...pictures].map(([address, picture]) => [address, pathOf(picture) ?? address]));
  try {
    return await writeArticle(checkArticle(withPictures(article, cover, paths, notes)), run.authorId);
  } catch (error) {
    await undo();
    throw error;
  }
}

function withPictures(
  article: ImportedArticle,
  cover: string | null,
  paths: ReadonlyMap<string, string>,
  notes: string[],
): ImportedArticle {
  const content = replaceImageAddresses(article.content, paths);
  const coverImage = cover && (paths.get(cover) ?? (isHttpsAddress(cover) ? cover : null));
  if (cover && !coverImage && !notes.some((note) => note.startsWith(cover)))
    notes.push(`${cover} is not https.`);
  return { ...article, content, coverImage: coverImage ?? null };
}

/** Omits an excerpt that is too long, such as a description for search engines; the article has a summary anyway. */
function withinLimits({ excerpt, coverAlt }: MarkdownText, notes: string[]) {
  const isLong = excerpt !== null && countCodePoints(excerpt) > articleLimits.excerpt;
  if (isLong) notes.push(`The excerpt has more than ${articleLimits.excerpt} characters.`);
  return { excerpt: isLong ? null : excerpt, coverAlt };
}

function usableTags(names: readonly string[], notes: string[]): string[] {
  const usable = new Map<string, string>();
  for (const name of names) {
    const checked = createTagContract.body.shape.name.safeParse(name);
    if (checked.success)
      usable.set(tagNameKey(checked.data), usable.get(tagNameKey(checked.data)) ?? checked.data);
    else notes.push(`${JSON.stringify(name.slice(0, 40))} cannot be a tag.`);
  }
  const all = [...usable.values()];
  if (all.length > articleLimits.tags) notes.push(`Only the first ${articleLimits.tags} tags.`);
  return all.slice(0, articleLimits.tags);
}
