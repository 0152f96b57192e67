import { describe, expect, test } from "vitest";
import { articleForm, articleLimits, createArticleContract, updateArticleContract } from "./contract";

describe.each([
  ["the form", articleForm],
  ["the API", createArticleContract.body],
  ["a change by the API", updateArticleContract.body],
])("%s", (_name, schema) => {
  test("counts a line break as one character, whether it is sent as LF or CRLF", () => {
    const lines = (lineBreak: string, more = "") => {
      const content = `${`a${lineBreak}`.repeat(articleLimits.content / 2)}${more}`;
      return schema.safeParse({ title: "Lines", content });
    };
    expect(lines("\r\n").data).toEqual(lines("\n").data);
    expect(lines("\r\n").data?.content).toBe("a\n".repeat(articleLimits.content / 2));
    expect(lines("\r\n", "b").success).toBe(false);
    expect(lines("\n", "b").success).toBe(false);
  });

  test.each([
    ["![hill](uploading:42)", "Before  after."],
    ["![](uploading:42) ![b](<uploading:43>)", "Before   after."],
    ["[hill](uploading:42)", "Before  after."],
    ["Uploading: three files", "Before Uploading: three files after."],
    ["![hill](/api/v1/storage/0)", "Before ![hill](/api/v1/storage/0) after."],
  ])("removes only a picture that was still being uploaded: %s", (written, kept) => {
    const { data } = schema.safeParse({ title: "Hill", content: `Before ${written} after.` });
    expect(data?.content).toBe(kept);
  });

  // Each of these would take minutes if every opening bracket or combining mark led to a search through all others.
  test.each(["[", "![", "![](", "![](uploading:", "[](\n", "\u0301\u0323"])(
    "checks a megabyte of %j, and takes as much of it as an article may have",
    (unit) => {
      const content = unit.repeat((1024 * 1024) / unit.length);
      const parse = (length: number) =>
        schema.safeParse({ title: "Hostile", content: content.slice(0, length) });
      expect(parse(content.length).error?.issues).toMatchObject([{ path: ["content"], message: "tooLong" }]);
      expect(parse(articleLimits.content).data?.content).toBe(content.slice(0, articleLimits.content));
    },
  );

  test("reports the limit for a text far beyond it", () => {
    const { error } = schema.safeParse({ title: "Long", content: "a".repeat(1024 * 1024) });
    expect(error?.issues).toMatchObject([{ message: "tooLong", params: { maximum: articleLimits.content } }]);
  });

  test("rejects a text that consists only of a picture that was still being uploaded", () => {
    const { error } = schema.safeParse({ title: "Hill", content: "![hill](uploading:42)" });
    expect(error?.issues).toMatchObject([{ path: ["content"], message: "required" }]);
  });
});
