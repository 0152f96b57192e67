import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hash } from "bcryptjs";
import { Client } from "pg";

/** Who signs in to look around. */
export const demoAuthor = { email: "blogger@example.com", password: "abc123", name: "연우 Yeonu" };

/** The texts are in `prisma/articles`. */
const articles = [
  { file: "the-margin.md", title: "The margin", category: "Writing", daysAgo: 2 },
  {
    file: "han-beon-sseuneun-yeolsoe.md",
    title: "한 번 쓰고 버리는 열쇠",
    category: "만드는 이야기",
    daysAgo: 6,
  },
  { file: "four-requests.md", title: "A visit in four requests", category: "How it works", daysAgo: 11 },
  { file: "bieo-dun-jari.md", title: "비워 둔 자리", category: "글쓰기", daysAgo: 17 },
  { file: "two-tokens.md", title: "A day pass and a receipt", category: "How it works", daysAgo: 24 },
  { file: "cheot-munjang.md", title: "첫 문장이 나오지 않을 때", category: "글쓰기", daysAgo: 33 },
  { file: "notes-for-later.md", title: "Notes for later", category: "Writing", daysAgo: 1, isDraft: true },
];

/**
 * Fills an empty database with an author and a few articles, so that there is something to read at the first
 * start. Does nothing where there is a user already, and fills it once however many instances start together.
 *
 * @returns whether it was empty.
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
    // Without a COMMIT nothing of it remains.
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
  for (const { file, title, category, daysAgo, isDraft = false } of articles) {
    const content = await readFile(join("prisma/articles", file), "utf8");
    await client.query(
      `INSERT INTO "Article" ("id", "title", "content", "category", "isPublished", "createdBy", "createdAt", "updatedAt")
       VALUES ($1, $2, $3, $4, $5, $6, now() - $7 * interval '1 day', now() - $7 * interval '1 day')`,
      [randomUUID(), title, content, category, !isDraft, authorId, daysAgo],
    );
  }
}
