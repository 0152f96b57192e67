import { expect, test } from "vitest";
import { safeRedirectPath } from "./safe-redirect-path";

test.each([
  "/",
  "/me",
  "/articles/new?from=me#text",
  "/articles/%EA%B0%80",
  "/a//b",
  "/search?q=http://example.com",
])("%s is a path of this site", (path) => {
  expect(safeRedirectPath(path, "/terms")).toBe(path);
});

test.each([
  ["nothing", ""],
  ["another site", "https://evil.example"],
  ["another site without its protocol", "//evil.example"],
  ["the same with backslashes", "/\\evil.example"],
  ["the same with two", "\\\\evil.example"],
  ["dots that collapse into it", "/..//evil.example"],
  ["a dot that does", "/.//evil.example"],
  ["escaped dots that do", "/%2e%2e//evil.example"],
  ["a tab, which browsers drop", "/\t/evil.example"],
  ["a line break, which they drop too", "/\n/evil.example"],
  ["a blank in front", " //evil.example"],
  ["script", "javascript:alert(1)"],
  ["data", "data:text/html,x"],
  ["a relative path", "me"],
  ["an account", "@evil.example"],
  ["a list", ["/me"]],
  ["an object", { toString: (): string => "/me" }],
  ["null", null],
  ["undefined", undefined],
])("%s is none", (_, value) => {
  expect(safeRedirectPath(value, "/terms")).toBe("/terms");
});
