import { randomUUID } from "node:crypto";
import { decodeJwt } from "jose";
import type { z } from "zod";
import type { createArticleContract, listArticlesContract } from "@/lib/articles/contract";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { newPassword } from "./app/secrets";
import { type Caller, guest } from "./caller";

/** A signed-in user. */
export type Person = {
  id: string;
  email: string;
  password: string;
  name: string;
  tokens: TokenPair;
  /** Sends the publishable key, the user's token and their own client address. */
  api: Caller;
};

/** An article in an API response. */
export type ArticleAnswer = z.input<typeof createArticleContract.success.body>;

/** A page of articles in an API response. */
export type ArticlePage = z.input<typeof listArticlesContract.success.body>;

/** Signs up a user through the API. */
export async function newUser(
  { email = newEmail(), password = newPassword(), name = "홍길동" } = {},
  visitor: Caller = guest(),
): Promise<Person> {
  const { status, body } = await visitor.post<TokenPair>("/v1/auth/email/signup", {
    method: "password",
    email,
    password,
    name,
  });
  if (status !== 201) throw new Error(`Sign-up returned ${status}: ${JSON.stringify(body)}`);
  const id = decodeJwt(body.accessToken).sub ?? "";
  return { id, email, password, name, tokens: body, api: visitor.as(body.accessToken) };
}

/** Signs in a user again, as on another device. */
export async function signInAgain({ email, password }: Person): Promise<TokenPair> {
  const response = await guest().post<TokenPair>("/v1/auth/email/signin", {
    method: "password",
    email,
    password,
  });
  return response.body;
}

/** Writes an article as a user, a draft by default. */
export async function writeArticle(
  author: Person,
  fields: Record<string, unknown> = {},
): Promise<ArticleAnswer> {
  const article = { title: "Margins", content: "A first line.", ...fields };
  const { status, body } = await author.api.post<ArticleAnswer>("/v1/data/articles", article);
  if (status !== 201) throw new Error(`Creating the article returned ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** @returns an unused email address. */
export function newEmail(): string {
  return `${randomUUID()}@example.com`;
}
