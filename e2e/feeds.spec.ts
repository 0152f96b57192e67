import { Ajv2020 } from "ajv/dist/2020.js";
import { site } from "../lib/config/site";
import { defaultLocale, locales } from "../lib/i18n/locales";
import { type Author, expect, test } from "./fixtures";
import { hostile, textsOf } from "./xml-texts";

/** A language other than the default, if there is one. */
const locale = locales.at(-1) ?? defaultLocale;

async function writeHostile(author: Author): Promise<string> {
  const content = `${hostile}\n\n[here](/terms) ![](/readme/home.png) [^1]\n\n[^1]: A note.\n\n## Heading\n\n<script>alert(1)</script>`;
  return author.write({ title: hostile, content, category: "a&b<c>" });
}

test("the RSS feed is well-formed and complete, without drafts", async ({
  page,
  author,
  request,
  baseURL,
}) => {
  await author.write({ title: `Draft ${author.email}`, isPublished: false });
  const id = await writeHostile(author);
  const response = await request.get("/feed.xml");
  expect(response.headers()["content-type"]).toBe("application/rss+xml; charset=utf-8");
  expect(response.headers()["cache-control"]).toContain("public");
  const xml = await response.text();
  expect(xml).not.toContain(`Draft ${author.email}`);

  const texts = await textsOf(page, xml, [
    "channel",
    "title",
    "link",
    "guid",
    "pubDate",
    "content:encoded",
    "category",
  ]);
  expect(texts.channel).toHaveLength(1);
  const index = texts.guid?.indexOf(`urn:uuid:${id}`) ?? -1;
  expect(index).toBeGreaterThanOrEqual(0);
  // The channel has a title and a link as well.
  expect(texts.title?.[index + 1]).toBe(hostile.replace("\u0001", ""));
  expect(texts.link?.[index + 1]).toMatch(new RegExp(`^${baseURL}/articles/.+-${id}$`));
  expect(Date.parse(texts.pubDate?.[index] ?? "")).not.toBeNaN();
  expect(texts.category).toContain("a&b<c>");
  const html = texts["content:encoded"]?.[index] ?? "";
  expect(html).toContain(`href="${baseURL}/terms"`);
  expect(html).toContain(`href="${texts.link?.[index + 1]}#`);
  expect(html).not.toMatch(/<script|href="\/|href="#|src="\//);
});

const jsonFeed = {
  type: "object",
  required: ["version", "title", "items", "home_page_url", "feed_url"],
  properties: {
    version: { const: "https://jsonfeed.org/version/1.1" },
    title: { type: "string", minLength: 1 },
    home_page_url: { type: "string", pattern: "^https?://" },
    feed_url: { type: "string", pattern: "^https?://" },
    language: { type: "string" },
    items: {
      type: "array",
      items: {
        type: "object",
        required: ["id", "url", "title", "content_html", "date_published"],
        properties: {
          id: { type: "string", minLength: 1 },
          url: { type: "string", pattern: "^https?://" },
          title: { type: "string" },
          image: { type: "string", pattern: "^https?://" },
          content_html: { type: "string" },
          summary: { type: "string" },
          date_published: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT.*Z$" },
          date_modified: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT.*Z$" },
          authors: { type: "array", items: { type: "object", required: ["name"] } },
          tags: { type: "array", items: { type: "string" } },
          language: { enum: locales },
        },
        additionalProperties: false,
      },
    },
  },
};

test("the JSON feed follows its specification, without drafts", async ({ author, api, request }) => {
  const made = await api("POST", "/data/tags", { body: { name: "여백" }, accessToken: author.accessToken });
  const { id: tag } = await made.json();
  const id = await author.write({
    title: "Tagged",
    content: "글이에요.",
    tags: [tag],
    coverImage: "/readme/home.png",
  });
  await author.write({ title: `Draft ${author.email}`, isPublished: false, tags: [tag] });
  const response = await request.get(`/feed.json?lang=${locale}`);
  expect(response.headers()["content-type"]).toBe("application/feed+json; charset=utf-8");
  const feed = await response.json();
  const isValid = new Ajv2020().compile(jsonFeed);
  expect(isValid(feed), JSON.stringify(isValid.errors)).toBe(true);
  expect(feed).toMatchObject({ title: site.name[locale], language: locale });
  const item = feed.items.find((entry: { id: string }) => entry.id === `urn:uuid:${id}`);
  expect(item).toMatchObject({ title: "Tagged", tags: ["여백"], authors: [{ name: author.name }] });
  expect(item.image).toMatch(/^http.*\/home\.png$/);
  expect(JSON.stringify(feed)).not.toContain(`Draft ${author.email}`);
});

test("llms.txt lists the site and its articles, and escapes the authors' text", async ({
  author,
  request,
}) => {
  const id = await author.write({ title: "A [title]\nof two lines", content: "# Heading\n\n- Words." });
  await author.write({ title: `Draft ${author.email}`, isPublished: false });
  const text = await (await request.get(`/llms.txt?lang=${locale}`)).text();
  expect(text.split("\n")[0]).toBe(`# ${site.name[locale]}`);
  const line = text.split("\n").find((candidate) => candidate.includes(id));
  expect(line).toMatch(/^- \[A \\\[title\\\] of two lines\]\(http/);
  expect(text).not.toContain(`Draft ${author.email}`);
});
