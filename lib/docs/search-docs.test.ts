import { describe, expect, test } from "vitest";
import { type Searchable, searchDocs } from "./search-docs";

function entry(title: string, text = "", keywords = ""): Searchable {
  return { title, keywords, text };
}

const library = [
  entry("Sign in with email and password", "email password method", "postAuthEmailSignin auth/email/signin"),
  entry("Sign up with email and password", "email password name", "postAuthEmailSignup auth/email/signup"),
  entry("Trade a refresh token for new tokens", "refreshToken", "postAuthRefresh auth/refresh"),
  entry("Write an article", "title content category", "postDataArticles data/articles"),
  entry(
    "Deploying",
    "Sign in to your host. Set the password of the database. An article on hosting is here.",
  ),
  entry("여백에 대하여", "비워 둔 자리가 글에 무게를 줘요."),
];

function titlesOf(question: string): string[] {
  return searchDocs(question, library).map(({ entry }) => entry.title);
}

describe("a question", () => {
  test.each([
    ["build sign-in", "Sign in with email and password"],
    ["How do I log in?", "Sign in with email and password"],
    ["로그인 만들기", "Sign in with email and password"],
    ["register a new user", "Sign up with email and password"],
    ["회원가입을 구현하고 싶어", "Sign up with email and password"],
    ["renew JWT", "Trade a refresh token for new tokens"],
    ["토큰 갱신은 어떻게 해요?", "Trade a refresh token for new tokens"],
    ["create a post", "Write an article"],
    ["글 작성", "Write an article"],
    ["postDataArticles", "Write an article"],
    ["deployment", "Deploying"],
    ["자리를 비운 여백", "여백에 대하여"],
  ])("“%s” finds “%s” first", (question, title) => {
    expect(titlesOf(question)[0]).toBe(title);
  });

  test("matches the beginning of a word", () => {
    expect(titlesOf("categ")).toEqual(["Write an article"]);
  });

  test.each(["", "   ", "?!…", "how do I", "zzzzqqq"])("“%s” finds nothing", (question) => {
    expect(titlesOf(question)).toEqual([]);
  });

  test("is treated as words, whatever characters it contains", () => {
    expect(titlesOf("(.*)+ [ \\ sign-in $&")[0]).toBe("Sign in with email and password");
  });

  test("of a hundred thousand words returns results", () => {
    const words = Array.from({ length: 100_000 }, (_, index) => `word${index}`).join(" ");
    expect(titlesOf(`sign-in ${words}`)[0]).toBe("Sign in with email and password");
  });
});

test("coverage says how much of the question was found", () => {
  const [best] = searchDocs("article zeppelin", library);
  expect(best?.coverage).toBe(0.5);
});

test("a word that every entry contains does not affect the ranking", () => {
  const entries = [
    entry("One", "common rare"),
    entry("Two", "common"),
    entry("Three", "common common common"),
  ];
  expect(searchDocs("common rare", entries)[0]?.entry.title).toBe("One");
});
