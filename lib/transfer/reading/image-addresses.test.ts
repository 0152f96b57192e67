import { expect, test } from "vitest";
import { replaceImageAddresses } from "./image-addresses";

// Each of these would take minutes if every opening bracket led to a search through the rest of the text.
test.each(["[", "![", "\r[", "![](", "`", "``a`", "[a]:\n", "![\\"])("keeps a megabyte of %j", (unit) => {
  const text = unit.repeat((1024 * 1024) / unit.length);
  expect(replaceImageAddresses(text, new Map())).toBe(text);
});
