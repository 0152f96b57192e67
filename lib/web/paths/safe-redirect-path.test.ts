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
  ["another site after a slash and a backslash", "/\\evil.example"],
  ["another site after two backslashes", "\\\\evil.example"],
  ["two dots that collapse into a double slash", "/..//evil.example"],
  ["a dot that collapses into a double slash", "/.//evil.example"],
  ["escaped dots that collapse into a double slash", "/%2e%2e//evil.example"],
  ["a tab, which browsers drop", "/\t/evil.example"],
  ["a line break, which browsers drop", "/\n/evil.example"],
  ["a leading space", " //evil.example"],
  ["script", "javascript:alert(1)"],
  ["data", "data:text/html,x"],
  ["a relative path", "me"],
  ["an account", "@evil.example"],
  ["a list", ["/me"]],
  ["an object", { toString: (): string => "/me" }],
  ["null", null],
  ["undefined", undefined],
])("%s is not a path of this site", (_, value) => {
  expect(safeRedirectPath(value, "/terms")).toBe("/terms");
});
