import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { messages } from "../translate";
import { en } from "./en";
import { ko } from "./ko";

const english = messagesOf(en);

describe.each(Object.entries(messages))("the messages in %s", (_language, tree) => {
  const translated = messagesOf(tree);

  test("are the same as in English", () => {
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test("are not empty", () => {
    const empty = [...translated].filter(([, message]) => message.trim() === "");
    expect(empty).toEqual([]);
  });

  test("have the same placeholders as in English", () => {
    for (const [key, message] of english) {
      expect(argumentsOf(translated.get(key) ?? ""), key).toEqual(argumentsOf(message));
    }
  });
});

// part: korean
test("every Korean message is in Korean", () => {
  const untranslated = [...messagesOf(ko)].filter(([, message]) => !/\p{Script=Hangul}/u.test(message));
  expect(untranslated).toEqual([]);
});
// end of part: korean

test("every text on a page is a message", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tsx"))
    .map((file) => join("app", file));
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap(sentencesIn)).toEqual([]);
});

/** Every message by its path, such as `signIn.title`. */
function messagesOf(tree: object, path: string[] = []): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string"
        ? [[[...path, key].join("."), value]]
        : [...messagesOf(value, [...path, key])],
    ),
  );
}

/** The names that a message has filled in, tags such as `<link>` included. */
function argumentsOf(message: string): string[] {
  const names = new Set<string>();
  const collect = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      names.add(element.value);
      if (element.type === TYPE.tag) collect(element.children);
      if ("options" in element) for (const option of Object.values(element.options)) collect(option.value);
    }
  };
  collect(parse(message));
  return [...names].sort();
}

/** Words between tags, or in an attribute that people read. Good enough for code that is formatted by a tool. */
function sentencesIn(file: string): string[] {
  const code = readFileSync(file, "utf8")
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/^\s*\/\/.*$/gm, "");
  const found = [
    ...code.matchAll(/<\w[^<>]*>\s*([^<>{}=;()]*\p{L}{2}[^<>{}=;()]*)\s*<\//gu),
    ...code.matchAll(/(?:aria-label|title|alt|placeholder|label|help)="([^"]*\p{L}{2}[^"]*)"/gu),
    ...code.matchAll(/^\s+(\p{Lu}[\p{L}’]* [\p{L} ,’]*[\p{L}.?])$/gmu),
  ];
  return found.map(([, words]) => `${file}: ${words?.trim()}`);
}
