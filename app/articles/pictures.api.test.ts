import { expect, inject, test } from "vitest";
import { newUser, writeArticle } from "@/lib/testing/people";
import { heavyPicture } from "@/lib/testing/pictures";
import { storeFile } from "@/lib/testing/uploads";

/** The `img` tags of a page that contain the key of a stored file. */
async function imagesOf(path: string, key: string): Promise<string[]> {
  const page = await (await fetch(inject("appUrl") + path)).text();
  return [...page.matchAll(/<img[^>]*>/g)].map(([tag]) => tag).filter((tag) => tag.includes(key));
}

test("stored images have a srcset and dimensions, and only the first one is loaded eagerly", async () => {
  const author = await newUser();
  const file = await storeFile(author, await heavyPicture(2_000_000), { visibility: "public" });
  const path = `/api/v1/storage/${file.key}`;
  const content = `![One](${path})\n\n![Two](${path})\n\n![Other](https://example.com/a.png)`;
  const covered = await writeArticle(author, {
    title: "Covered",
    content,
    coverImage: path,
    isPublished: true,
  });
  const plain = await writeArticle(author, { title: "Plain", content, isPublished: true });
  const sizes = `srcSet="${path}?width=320 320w, ${path}?width=640 640w, ${path}?width=960 817w"`;

  const [cover, ...inText] = await imagesOf(`/articles/${covered.id}`, file.key);
  for (const tag of [cover, ...inText]) {
    expect(tag).toContain(sizes);
    expect(tag).toMatch(/ sizes="[^"]+".* width="817" height="817"/);
  }
  expect(cover).toMatch(/loading="eager" fetchPriority="high"/);
  expect(inText).toHaveLength(2);
  for (const tag of inText) expect(tag).toContain('loading="lazy"');

  const [first, second] = await imagesOf(`/articles/${plain.id}`, file.key);
  expect(first).toMatch(/loading="eager" fetchPriority="high"/);
  expect(second).toContain('loading="lazy"');

  const [listed] = await imagesOf(`/users/${author.id}`, file.key);
  expect(listed).toContain(sizes);
  expect(listed).toMatch(/fetchPriority="high"/);

  // part: feeds
  const feed = await (await fetch(`${inject("appUrl")}/feed.json`)).json();
  const item = feed.items.find(({ url }: { url: string }) => url.includes(plain.id));
  expect(item.content_html).toContain(`src="${inject("appUrl")}${path}?width=1280" alt="One" width="817"`);
  // end of part: feeds

  const page = await (await fetch(`${inject("appUrl")}/articles/${covered.id}`)).text();
  const shared = `${inject("appUrl")}${path}?width=1280`;
  expect(page).toContain(`<meta property="og:image" content="${shared}"/>`);
  expect(page).toContain(`"image":"${shared}"`);
});
