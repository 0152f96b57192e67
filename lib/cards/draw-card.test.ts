import sharp from "sharp";
import { afterEach, expect, test, vi } from "vitest";
import { site } from "@/lib/config/site";
import { requirePicture } from "@/lib/images/pictures";
import { picture } from "@/lib/testing/pictures";
import { drawCard } from "./draw-card";

afterEach(() => {
  vi.restoreAllMocks();
});

const card = { facts: ["2026. 11. 21."], siteName: "여백" };

test.each([
  "비워 둔 자리",
  "\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u2764\ufe0f \u263a",
  "日本語 العربية हिन्दी ไทย",
  "",
])("the card of %j is drawn without requests to another server", async (title) => {
  const fetched = vi.spyOn(globalThis, "fetch");
  const png = Buffer.from(await drawCard({ ...card, title }));
  expect(png.toString("latin1", 1, 4)).toBe("PNG");
  expect(fetched.mock.calls.filter(([address]) => /^https?:/.test(String(address)))).toEqual([]);
});

test.each(["W".repeat(200), "m".repeat(60), "여백".repeat(100), `https://example.com/${"a".repeat(180)}`])(
  "a long word does not overflow the card: %s",
  async (title) => {
    const png = await drawCard({ title, facts: ["W".repeat(50), "가".repeat(100)], siteName: "여백" });
    // Right of the title, and between it and the facts.
    for (const area of [
      { left: 1160, top: 0, width: 40, height: 630 },
      { left: 283, top: 0, width: 14, height: 480 },
    ]) {
      const pixels = await sharp(png).extract(area).removeAlpha().raw().toBuffer();
      expect(new Set(pixels.toString("hex").match(/.{6}/g))).toEqual(
        new Set([site.colors.paper.light.slice(1)]),
      );
    }
  },
);

test("cards of different titles differ, and the same card is drawn once", async () => {
  const [one, other] = await Promise.all([
    drawCard({ ...card, title: "하나" }),
    drawCard({ ...card, title: "둘" }),
  ]);
  expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
  expect(await drawCard({ ...card, title: "하나" })).toBe(one);
});

test("a card can be drawn after the image library has checked an upload", async () => {
  await requirePicture(
    await picture("png", { width: 20, height: 10, colour: "#ff0000" }),
    "image/png",
    "account",
  );
  const png = Buffer.from(await drawCard({ ...card, title: "다음" }));
  expect(png.toString("latin1", 1, 4)).toBe("PNG");
});
