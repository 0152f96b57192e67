import { expect, test } from "vitest";
import { sourceSetOf } from "./source-set";

test.each([
  [200, undefined],
  [320, undefined],
  [400, "/a?width=320 320w, /a?width=640 400w"],
  [640, "/a?width=320 320w, /a?width=640 640w"],
  [5000, "/a?width=320 320w, /a?width=640 640w, /a?width=960 960w, /a?width=1280 1280w, /a?width=1920 1920w"],
])("an image of %i pixels is never offered wider than it is", (width, offered) => {
  expect(sourceSetOf("/a", { width, height: 100 })).toBe(offered);
});
