import { expect, test } from "vitest";
import { sharedImage, sourceSetOf } from "./source-set";

test.each([
  [200, undefined],
  [320, undefined],
  [400, "/a?width=320 320w, /a?width=640 400w"],
  [640, "/a?width=320 320w, /a?width=640 640w"],
  [5000, "/a?width=320 320w, /a?width=640 640w, /a?width=960 960w, /a?width=1280 1280w, /a?width=1920 1920w"],
])("an image of %i pixels is never offered wider than it is", (width, offered) => {
  expect(sourceSetOf("/a", { width, height: 100 })).toBe(offered);
});

test.each([
  ["/api/v1/storage/a", "/api/v1/storage/a?width=1280"],
  ["/api/v1/storage/a?width=640", "/api/v1/storage/a?width=1280"],
  ["/api/v1/storage/a#top", "/api/v1/storage/a?width=1280"],
  ["/photos/a.png?b", "/photos/a.png?b"],
  ["https://example.com/a.png?b", "https://example.com/a.png?b"],
])("shares %s as %s", (address, shared) => {
  expect(sharedImage(address)).toBe(shared);
});
