import { randomUUID } from "node:crypto";
import { hashSync } from "bcryptjs";
import { Client } from "pg";
import { articlePath } from "@/lib/articles/paths/article-path";

/** A user who can sign in. */
export type Author = { id: string; email: string; password: string };

export type FilledBlog = {
  /** With cheap password hashes, so that signing in costs no more than a query. */
  authors: Author[];
  /** With a password hash at the full cost. */
  costlyAuthor: Author;
  articleIds: string[];
  /** The paths of their pages, in the same order. */
  articlePaths: string[];
};

const authorCount = 400;
const costlyHash = 12;
const cheapHash = 4;

/** `rare` occurs in 25 articles regardless of their number, `frequent` in one percent of them. */
export const searchTerms = { rare: "marmalade clockwork", frequent: "lighthouse keeper" } as const;
const rareCount = 25;
/** Words that most articles contain. */
export const commonWords = [
  "the",
  "and",
  "of",
  "to",
  "in",
  "it",
  "is",
  "was",
  "for",
  "on",
  "that",
  "with",
  "as",
  "at",
];

/**
 * Fills an empty, migrated database with authors and published articles of 4 KB of Markdown, in English and Korean,
 * each with a table, code and a footnote. The same number always yields the same texts.
 */
export async function fillBlog(databaseUrl: string, articleCount: number): Promise<FilledBlog> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { authors, costlyAuthor } = await addAuthors(client);
    const articles = await addArticles(client, authors, articleCount);
    await client.query("VACUUM ANALYZE");
    return {
      authors,
      costlyAuthor,
      articleIds: articles.map(({ id }) => id),
      articlePaths: articles.map(articlePath),
    };
  } finally {
    await client.end();
  }
}

async function addAuthors(client: Client) {
  const password = "correct horse battery";
  const authors = Array.from({ length: authorCount }, (_, index) => ({
    id: randomUUID(),
    email: `author-${index}@example.com`,
    password,
  }));
  const costlyAuthor = { id: randomUUID(), email: "costly@example.com", password };
  const addUsers = `
    INSERT INTO "User" (id, email, name, "passwordHash", "emailVerified", "updatedAt")
    SELECT id, email, 'Author ' || email, $3, now(), now() FROM unnest($1::text[], $2::text[]) AS rows (id, email)`;
  await client.query(addUsers, [...columnsOf(authors), hashSync(password, cheapHash)]);
  await client.query(addUsers, [...columnsOf([costlyAuthor]), hashSync(password, costlyHash)]);
  return { authors, costlyAuthor };
}

function columnsOf(users: Author[]): [string[], string[]] {
  return [users.map(({ id }) => id), users.map(({ email }) => email)];
}

async function addArticles(
  client: Client,
  authors: Author[],
  count: number,
): Promise<{ id: string; title: string }[]> {
  const random = newRandom(count);
  const articles: { id: string; title: string }[] = [];
  const batchSize = 500;
  for (let start = 0; start < count; start += batchSize) {
    const batch = Array.from({ length: Math.min(batchSize, count - start) }, (_, offset) => {
      const id = randomUUID();
      const author = pick(authors, random);
      return {
        id,
        title: titleFrom(random),
        content: contentFrom(random, start + offset, count),
        summary: sentenceFrom(random, 25),
        author: author.id,
      };
    });
    // Created a minute apart, the last one now.
    await client.query(
      `INSERT INTO "Article" (id, title, content, summary, "readingMinutes", category, "isPublished", "publishedAt",
                              "createdBy", "createdAt", "updatedAt")
       SELECT id, title, content, summary, 3, 'essays', true, at, author, at, at
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY
                AS rows (id, title, content, summary, author, number),
              LATERAL (SELECT now() - ($6::int - number) * interval '1 minute' AS at) AS times`,
      [
        batch.map(({ id }) => id),
        batch.map(({ title }) => title),
        batch.map(({ content }) => content),
        batch.map(({ summary }) => summary),
        batch.map(({ author }) => author),
        count - start,
      ],
    );
    articles.push(...batch);
  }
  return articles;
}

function titleFrom(random: () => number): string {
  const sentence = sentenceFrom(random, 3 + Math.floor(random() * 5));
  return sentence.slice(0, -1);
}

/** Generates paragraphs, headings, lists and code. */
function contentFrom(random: () => number, index: number, count: number): string {
  const wanted = 3500 + random() * 1000;
  const blocks: string[] = [];
  if (index % Math.floor(count / rareCount) === 0) blocks.push(`A ${searchTerms.rare} stood on the shelf.`);
  if (index % 100 === 50) blocks.push(`The ${searchTerms.frequent} wrote every day.`);
  for (let bytes = 0; bytes < wanted; ) {
    const block = blockFrom(random);
    blocks.push(block);
    bytes += Buffer.byteLength(block);
  }
  return [...blocks, tableFrom(random), codeFrom(random), ...footnoteFrom(random)].join("\n\n");
}

function tableFrom(random: () => number): string {
  const row = () => `| ${wordFrom(random)} | ${wordFrom(random)} | ${Math.floor(random() * 100)} |`;
  return [row(), "|---|---|--:|", ...Array.from({ length: 4 }, row)].join("\n");
}

function codeFrom(random: () => number): string {
  const lines = Array.from(
    { length: 5 },
    () => `const ${wordFrom(random)} = ${Math.floor(random() * 1000)};`,
  );
  return ["```ts", ...lines, "```"].join("\n");
}

function footnoteFrom(random: () => number): string[] {
  return [`${sentenceFrom(random, 8)}[^1]`, `[^1]: ${sentenceFrom(random, 8)}`];
}

function blockFrom(random: () => number): string {
  const kind = random();
  if (kind < 0.1) return `## ${sentenceFrom(random, 4).slice(0, -1)}`;
  if (kind < 0.2) return Array.from({ length: 4 }, () => `- ${sentenceFrom(random, 6)}`).join("\n");
  if (kind < 0.25) return codeFrom(random);
  if (kind < 0.35) return `> ${sentenceFrom(random, 14)}`;
  return Array.from({ length: 4 }, () => sentenceFrom(random, 8 + Math.floor(random() * 8))).join(" ");
}

function sentenceFrom(random: () => number, length: number): string {
  const words = Array.from({ length }, () =>
    random() < 0.05 ? `**${wordFrom(random)}**` : wordFrom(random),
  );
  const text = words.join(" ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Picks a word: few are common and many are rare, as in natural language. */
function wordFrom(random: () => number): string {
  if (random() < 0.15)
    return Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables, random)).join("");
  return pick(words, () => random() ** 2);
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("Nothing to pick from.");
  return item;
}

/** A small deterministic random number generator. */
function newRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

const words = `
the and of to a in it is was for on that with as at by from this which but or an not be are were have had
about after again all also always another any around because been before began being between both came can
could day did do does down each early end enough even ever every far few find first found gave get give good
great had hand hard her here high him his home house how if into its just keep kind knew know large last left
letter life light like line little long look made make man many margin may me might mind more morning most much
must name near never new next night no nothing now of off old once one only open other our out over own page
paper part people place quiet read right room said same saw say see seemed set she should side small so some
something soon still stood story such take than their them then there these they thing think those thought three
through time together told too took turned two under until up upon us use very walk wall want water way we well
went what when where while white who why will window winter wood word work world would write written year yet you
your 나는 오늘 아침 바람 창문 편지 조용히 걸었다 여백 책장 사람들 이야기 그리고 그러나 처음 마지막 겨울 봄날 도시 골목 기억 시간
종이 연필 오래된 새로운 천천히 마음 문장 단어 읽었다 썼다 있었다 없었다 때문에 함께 언제나
`
  .trim()
  .split(/\s+/);

const syllables = `
al an ar ba be bi bo ca ce co da de di do el en er fa fi fo ga ge gi go ha he hi in is ka ke ki la le li lo
ma me mi mo na ne ni no or pa pe po ra re ri ro sa se si so ta te ti to un va ve vi vo wa we za ze
`
  .trim()
  .split(/\s+/);
