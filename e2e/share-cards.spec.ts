import { expect, test } from "./fixtures";
import { hostile } from "./xml-texts";

test("an article has a share card with its title in any script; a draft has none", async ({
  author,
  request,
}) => {
  const titles = [
    "비워 둔 자리가 글에 무게를 줘요",
    hostile,
    "\u{1f58b}",
    "가".repeat(200),
    "日本語 العربية हिन्दी",
  ];
  for (const title of titles) {
    const id = await author.write({ title });
    const response = await request.get(`/articles/${id}/card.png`);
    expect(response.status(), title).toBe(200);
    expect(response.headers()["content-type"]).toBe("image/png");
    const png = await response.body();
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
  }
  const draft = await author.write({ title: "Draft", isPublished: false });
  for (const id of [draft, `draft-${draft}`, "nothing", "%00"]) {
    expect((await request.get(`/articles/${id}/card.png`)).status(), id).toBe(404);
  }
});

test("the share card of a Korean title is not blank", async ({ author, request }) => {
  const pictureOf = async (title: string) => {
    const id = await author.write({ title });
    return (await request.get(`/articles/${id}/card.png`)).body();
  };
  const [one, other] = [await pictureOf("여백"), await pictureOf("글씨")];
  expect(one.equals(other)).toBe(false);
});

test("the head of an article names its share card", async ({ page, author }) => {
  const id = await author.write({ title: "Words" });
  await page.goto(`/articles/${id}`);
  const meta = (name: string) =>
    page.locator(`meta[property="${name}"], meta[name="${name}"]`).getAttribute("content");
  expect(await meta("og:image")).toMatch(new RegExp(`/articles/words-${id}/card\\.png$`));
  expect(await meta("twitter:card")).toBe("summary_large_image");
});
