import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hash } from "bcryptjs";
import { Client } from "pg";
import { tagNameKey } from "@/lib/tags/contract";
import { tagSlug } from "@/lib/tags/tag-slug";

/** The account for exploring the blog in development. */
export const demoAuthor = { email: "blogger@example.com", password: "abc123", name: "연우 Yeonu" };

/** The texts are in `prisma/articles`. */
const articles = [
  { file: "the-margin.md", title: "The margin", category: "Writing", tags: ["Margins"], daysAgo: 2 },
  // part: korean
  {
    file: "han-beon-sseuneun-yeolsoe.md",
    title: "한 번 쓰고 버리는 열쇠",
    category: "만드는 이야기",
    tags: ["토큰"],
    daysAgo: 6,
  },
  // end of part: korean
  {
    file: "four-requests.md",
    title: "A visit in four requests",
    category: "How it works",
    tags: ["REST", "Tokens"],
    daysAgo: 11,
  },
  { file: "bieo-dun-jari.md", title: "비워 둔 자리", category: "글쓰기", tags: ["여백"], daysAgo: 17 }, // part: korean
  {
    file: "two-tokens.md",
    title: "A day pass and a receipt",
    category: "How it works",
    tags: ["Tokens"],
    daysAgo: 24,
  },
  // part: korean
  {
    file: "cheot-munjang.md",
    title: "첫 문장이 나오지 않을 때",
    category: "글쓰기",
    tags: ["여백", "첫 문장"],
    daysAgo: 33,
  },
  // end of part: korean
  {
    file: "notes-for-later.md",
    title: "Notes for later",
    category: "Writing",
    tags: [],
    daysAgo: 1,
    isDraft: true,
  },
];

/**
 * Fills an empty database with an author and a few articles, so that there is something to read at the first start.
 * Does nothing if there is a user. A lock ensures that instances that start together seed it once.
 *
 * @returns whether the database was empty.
 */
export async function seed(databaseUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtext('seed'))");
    const { rowCount } = await client.query('SELECT FROM "User" LIMIT 1');
    const isEmpty = rowCount === 0;
    if (isEmpty) await insertAuthorAndArticles(client);
    await client.query("COMMIT");
    return isEmpty;
  } finally {
    // Closing the connection without a COMMIT rolls back.
    await client.end();
  }
}

async function insertAuthorAndArticles(client: Client): Promise<void> {
  const authorId = randomUUID();
  await client.query(
    `INSERT INTO "User" ("id", "email", "emailVerified", "name", "passwordHash", "updatedAt")
     VALUES ($1, $2, now(), $3, $4, now())`,
    [authorId, demoAuthor.email, demoAuthor.name, await hash(demoAuthor.password, 12)],
  );
  const tagIds = await insertTags(client, authorId);
  for (const { file, title, category, tags, daysAgo, isDraft = false } of articles) {
    // Only development reads these files: without this comment the bundler would deploy them.
    const content = await readFile(join(/* turbopackIgnore: true */ "prisma/articles", file), "utf8");
    await client.query(
      `INSERT INTO "Article" ("id", "title", "content", "category", "tags", "isPublished", "publishedAt", "createdBy", "createdAt", "updatedAt")
       SELECT $1, $2, $3, $4, $5, $6, CASE WHEN $6 THEN at END, $7, at, at
         FROM (SELECT now() - $8 * interval '1 day' AS at) AS times`,
      [
        randomUUID(),
        title,
        content,
        category,
        tags.map((name) => tagIds.get(name)),
        !isDraft,
        authorId,
        daysAgo,
      ],
    );
  }
}

/** @returns the tag ids by name. */
async function insertTags(client: Client, authorId: string): Promise<Map<string, string>> {
  const ids = new Map(articles.flatMap(({ tags }) => tags).map((name) => [name, randomUUID()]));
  for (const [name, id] of ids) {
    await client.query(
      `INSERT INTO "Tag" ("id", "name", "nameKey", "slug", "createdBy", "updatedAt")
       VALUES ($1, $2, $3, $4, $5, now())`,
      [id, name, tagNameKey(name), tagSlug(name), authorId],
    );
  }
  return ids;
}
