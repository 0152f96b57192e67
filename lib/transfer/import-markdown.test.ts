import { mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findMovedArticle } from "@/lib/articles/reading/find-moved-article";
import { db } from "@/lib/core/db";
import { type FolderFiles, sampleBlog, writeFiles } from "@/lib/testing/blog-folder";
import { picture } from "@/lib/testing/pictures";
import { exportMarkdown } from "./export-markdown";
import { importMarkdown } from "./import-markdown";
import type { Result } from "./result";

let root: string;
let folders = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "blog-transfer-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function folderOf(files: FolderFiles): Promise<string> {
  folders += 1;
  const folder = join(root, String(folders));
  await writeFiles(folder, { "keep.txt": "", ...files });
  return folder;
}

async function newAuthor(): Promise<string> {
  const email = `${crypto.randomUUID()}@example.com`;
  return (await db.user.create({ data: { email, name: "Author" } })).id;
}

const countOf = async (authorId: string) => ({
  articles: await db.article.count({ where: { createdBy: authorId } }),
  tags: await db.tag.count({ where: { createdBy: authorId } }),
  files: await db.file.count({ where: { ownerId: authorId, removedAt: null } }),
});

function outcomes(
  results: readonly Result[],
  outcome: Result["outcome"],
): Record<string, string | undefined> {
  return Object.fromEntries(
    results.filter((result) => result.outcome === outcome).map(({ file, reason }) => [file, reason]),
  );
}

async function contentsOf(folder: string): Promise<Record<string, string>> {
  const paths = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const read = paths.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path.slice(folder.length), (await readFile(path)).toString("base64")] as const;
  });
  return Object.fromEntries((await Promise.all(read)).sort());
}

describe("a folder of thirty texts in the dialects of five blogs", () => {
  test("is imported once, with times, tags, pictures and old URLs; a dry run changes nothing", async () => {
    const folder = await folderOf(await sampleBlog());
    const authorId = await newAuthor();

    const dry = await importMarkdown({ folder, authorId, isDryRun: true });
    expect(await countOf(authorId)).toEqual({ articles: 0, tags: 0, files: 0 });

    const progress: string[] = [];
    const results = await importMarkdown({
      folder,
      authorId,
      onResult: ({ file }, done, total) => progress.push(`${done}/${total} ${file}`),
    });
    expect(results).toHaveLength(31);
    expect(progress.at(-1)).toMatch(/^31\/31 /);
    expect(results.map(({ outcome }) => outcome)).toEqual(dry.map(({ outcome }) => outcome));
    expect(Object.keys(outcomes(results, "imported"))).toHaveLength(27);
    expect(outcomes(results, "present")).toEqual({
      "content/posts/twin.md": "It is the same as content/posts/hugo-1.md.",
    });
    expect(outcomes(results, "refused")).toEqual({
      "README.md": "It has no front matter.",
      "content/posts/broken.md": expect.stringContaining("not well-formed YAML"),
      "content/posts/wrong-date.md": '"2023-13-45" is not a date.',
    });

    const find = (title: string) => db.article.findFirstOrThrow({ where: { title, createdBy: authorId } });
    const hugo = await find("Hugo 2");
    expect(hugo).toMatchObject({
      category: "Notes",
      excerpt: "A text of Hugo",
      isPublished: true,
      publishedAt: new Date("2023-02-02T01:00:00Z"),
      createdAt: new Date("2023-02-02T01:00:00Z"),
    });
    expect(hugo.content).toMatch(/^See !\[a chart\]\(\/api\/v1\/storage\/[0-9a-f]{32} "Red"\)\./);
    expect(hugo.content).toContain("![not an image](/images/red.png)");
    expect((await find("Jekyll 1")).content).toContain("<script>alert(1)</script> and <b>HTML</b> stay.");
    expect(await find("Astro 3")).toMatchObject({
      coverAlt: "Blue",
      coverImage: expect.stringMatching(/^\/api\/v1\/storage\/[0-9a-f]{32}$/),
      publishedAt: new Date("2022-07-03"),
      updatedAt: new Date("2022-08-01"),
    });
    expect(await find("A bundle")).toMatchObject({ isPublished: false, publishedAt: null });
    expect(results.find(({ file }) => file.endsWith("bundle/index.md"))?.notes).toEqual([
      "nowhere.png does not exist.",
      "d.svg is not a JPEG, PNG, GIF or WebP picture.",
    ]);
    // Each picture is stored once, even if several texts show it.
    expect((await countOf(authorId)).files).toBe(3);

    const pathOf = async (title: string) => {
      const { id } = await find(title);
      return expect.stringContaining(id);
    };
    expect(await findMovedArticle("/posts/hugo-2/")).toEqual(await pathOf("Hugo 2"));
    expect(await findMovedArticle("/dev/2022/03/01/jekyll-1.html")).toEqual(await pathOf("Jekyll 1"));
    expect(await findMovedArticle("/old/1")).toEqual(await pathOf("Jekyll 1"));
    expect(await findMovedArticle(`/velog/${encodeURIComponent("벨로그-글-2")}`)).toEqual(
      await pathOf("벨로그 글 2"),
    );
    expect(await findMovedArticle("/ghost/ghost-post/")).toEqual(await pathOf("Ghost post"));
    // A redirect must not reveal a draft's title.
    expect(await findMovedArticle("/bundle-was-here")).toBeNull();

    const before = await countOf(authorId);
    const again = await importMarkdown({ folder, authorId });
    expect(outcomes(again, "imported")).toEqual({});
    expect(await countOf(authorId)).toEqual(before);
  });

  test("exports to the same bytes again after an import into an empty blog", async () => {
    const first = await newAuthor();
    await importMarkdown({ folder: await folderOf(await sampleBlog()), authorId: first });
    // Edge cases for the parsers of front matter and images.
    const data = { createdBy: first, publishedAt: new Date("2024-01-01T00:00:00.123Z") };
    await db.article.createMany({
      data: [
        { ...data, title: '"Quotes": - and #1', content: "\n\n---\ntitle: x\n---\n\n", isPublished: true },
        {
          ...data,
          title: "예약된 글",
          content: "끝\n",
          publishedAt: new Date("2099-01-01"),
          isPublished: true,
        },
        { ...data, title: "Taken back", content: "  Text  ", excerpt: "Short: text" },
        { ...data, title: "No time", content: "+++", publishedAt: null, category: "yes" },
      ],
    });
    const [one, other] = [join(root, "one"), join(root, "other")];
    await exportMarkdown({ folder: one, authorId: first });
    await db.article.deleteMany({ where: { createdBy: first } });
    await db.user.delete({ where: { id: first } });

    const second = await newAuthor();
    const results = await importMarkdown({ folder: one, authorId: second });
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(31).fill("imported"));
    await exportMarkdown({ folder: other, authorId: second });
    const contents = await contentsOf(one);
    expect(Object.keys(contents)).toHaveLength(31 + 3);
    expect(await contentsOf(other)).toEqual(contents);
    await expect(exportMarkdown({ folder: one })).rejects.toThrow("is not empty");
  });
});

describe("a hostile folder", () => {
  const frontMatter = "---\ntitle: Hostile\ndate: 2024-01-01\n---\n";
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    .concat(
      ["b", "c", "d", "e", "f", "g"].map(
        (name, index) => `${name}: &${name} [${Array(10).fill(`*${"abcdef"[index]}`)}]`,
      ),
    )
    .join("\n");

  test.each<[name: string, text: string, reason: string]>([
    ["a picture above the folder", `${frontMatter}![x](../../../../etc/secret.png)`, "outside of the folder"],
    [
      "a picture above the folder, encoded",
      `${frontMatter}![x](%2e%2e/%2e%2e/secret.png)`,
      "outside of the folder",
    ],
    ["a picture behind a link", `${frontMatter}![x](linked.png)`, "a link that leads out of the folder"],
    [
      "a cover behind a linked folder",
      "---\ntitle: T\ndate: 2024-01-01\ncover: out/a.png\n---\nT",
      "leads out",
    ],
    ["a picture that is none", `${frontMatter}![x](script.png)`, "not a readable image"],
    ["a huge picture", `${frontMatter}![x](huge.png)`, "larger than 5 MiB"],
    ["aliases that unfold", `---\ntitle: T\ndate: 2024-01-01\n${bomb}\n---\nT`, "not well-formed YAML"],
    [
      "a tag of a language",
      '---\ntitle: !!js/function "x"\ndate: 2024-01-01\n---\nT',
      "not well-formed YAML",
    ],
    ["deep nesting", `---\ntitle: ${"[".repeat(60_000)}\n---\nT`, "not well-formed YAML"],
    ["deep nesting in TOML", `+++\ntitle = ${"[".repeat(60_000)}\n+++\nT`, "not well-formed TOML"],
    ["two million lines", `${frontMatter}${"\n".repeat(2_000_000)}`, "larger than 1 MiB"],
    ["a text beyond the limit", `${frontMatter}${"x".repeat(100_001)}`, "content"],
    ["front matter without an end", "---\ntitle: T\n", "does not end"],
    ["a file that is no text", `${frontMatter}\0`, "content"],
  ])("is rejected with a reason for %s, and leaves nothing behind", async (_name, text, reason) => {
    const authorId = await newAuthor();
    const folder = await folderOf({
      "hostile.md": text,
      "good.md": "---\ntitle: Good\ndate: 2024-01-01\n---\nGood.",
      "script.png": "<script>alert(1)</script>",
    });
    const outside = await folderOf({ "a.png": await picture("png") });
    await symlink(join(outside, "a.png"), join(folder, "linked.png"));
    await symlink(outside, join(folder, "out"));
    await writeFile(join(folder, "huge.png"), "");
    await truncate(join(folder, "huge.png"), 2 ** 30);

    const results = await importMarkdown({ folder, authorId });
    expect(outcomes(results, "refused")).toEqual({ "hostile.md": expect.stringContaining(reason) });
    expect(await countOf(authorId)).toEqual({ articles: 1, tags: 0, files: 0 });
  });

  test("is not followed through symbolic links, and a text of 1 GB is not read", async () => {
    const authorId = await newAuthor();
    const folder = await folderOf({ "vast.md": "" });
    await truncate(join(folder, "vast.md"), 2 ** 30);
    const outside = await folderOf({ "secret.md": `${frontMatter}Secret.` });
    await symlink(join(outside, "secret.md"), join(folder, "linked.md"));
    await symlink(outside, join(folder, "linked-folder.md"));
    expect(outcomes(await importMarkdown({ folder, authorId }), "refused")).toEqual({
      "vast.md": "vast.md is larger than 1 MiB.",
      "linked.md": "It is a link.",
      "linked-folder.md": "It is a link.",
    });
  });

  test("leaves no tags or pictures of a text that cannot be written", async () => {
    const authorId = await newAuthor();
    const text = "---\ntitle: Large\ndate: 2024-01-01\ntags: [new]\n---\n![p](p.png)";
    const folder = await folderOf({ "large.md": text, "p.png": await picture("png") });
    const full = 53;
    await db.$executeRaw`
      INSERT INTO "Article" (id, title, content, "createdBy", "updatedAt")
      SELECT gen_random_uuid()::text, 'Filler', repeat('x', 1000000), ${authorId}, now() FROM generate_series(1, ${full}::int)`;
    expect(outcomes(await importMarkdown({ folder, authorId }), "refused")).toEqual({
      "large.md": expect.stringContaining(""),
    });
    expect(await countOf(authorId)).toEqual({ articles: full, tags: 0, files: 0 });
    await db.article.deleteMany({ where: { createdBy: authorId } });
  });
});
