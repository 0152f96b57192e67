import { testSettings } from "@/lib/testing/app/settings";
import { type FilledBlog, searchTerms } from "./fill-blog";
import type { Load, LoadRequest } from "./load";

/** A user who signed in for the benchmark. */
export type SignedIn = { accessToken: string; refreshToken: string };

type Sender = { person: SignedIn; index: number; blog: FilledBlog; door: "app" | "floor" };

/** A kind of request. */
export type Scenario = {
  name: string;
  /** The same request on the floor, if it has one, and the target share of its speed. */
  floorPath?: string;
  floorShare?: number;
  /** Each request computes a password hash, so the measurement takes longer. */
  hashes?: true;
  /** Each request needs the response to the previous one. */
  follows?: true;
  requests(sender: Sender): LoadRequest[];
};

const key = { "X-API-Key": testSettings.PUBLISHABLE_KEY };
const json = { "Content-Type": "application/json" };
const articleBody = JSON.stringify({
  title: "A new one",
  content: "word ".repeat(400),
  category: "essays",
  isPublished: true,
});

const articlesAtOnce = 20;

export const scenarios: Scenario[] = [
  {
    name: "me",
    floorPath: "/me",
    floorShare: 0.85,
    requests: ({ person, door }) => [get(door === "app" ? "/api/v1/auth/me" : "/me", bearer(person))],
  },
  {
    name: "list",
    floorPath: "/articles",
    floorShare: 0.9,
    requests: ({ door }) => [get(articlesPath(door))],
  },
  {
    name: "article",
    floorPath: "/articles/{id}",
    floorShare: 0.8,
    requests: ({ index, blog, door }) =>
      blog.articleIds
        .slice(index * articlesAtOnce, (index + 1) * articlesAtOnce)
        .map((id) => get(`${articlesPath(door)}/${id}`)),
  },
  {
    name: "create",
    floorPath: "/articles",
    floorShare: 0.69,
    requests: ({ person, door }) => [
      {
        method: "POST",
        path: articlesPath(door),
        headers: { ...key, ...json, ...bearer(person) },
        body: articleBody,
      },
    ],
  },
  {
    name: "refresh",
    floorPath: "/refresh",
    floorShare: 0.8,
    follows: true,
    requests: ({ door }) => [
      {
        method: "POST",
        path: door === "app" ? "/api/v1/auth/refresh" : "/refresh",
        headers: { ...key, ...json },
        body: '{"refreshToken":"{follow}"}',
      },
    ],
  },
  {
    name: "sign-up",
    hashes: true,
    requests: () => [
      {
        method: "POST",
        path: "/api/v1/auth/email/signup",
        headers: { ...key, ...json },
        body: JSON.stringify({
          method: "password",
          email: "{unique}@example.com",
          password: "correct horse battery",
          name: "New User",
        }),
      },
    ],
  },
];

/** Lists whose cost must not grow with the table. */
export const searches: Scenario[] = [
  { name: "list and total", requests: () => [get("/api/v1/data/articles")] },
  {
    name: "search found in 25",
    requests: () => [get(`/api/v1/data/articles?${new URLSearchParams({ search: searchTerms.rare })}`)],
  },
  {
    name: "search whose matches grow",
    requests: () => [get(`/api/v1/data/articles?${new URLSearchParams({ search: searchTerms.frequent })}`)],
  },
];

/** Signs in one of the authors with a cheap hash. */
export async function signIn(appUrl: string, { authors }: FilledBlog, index: number): Promise<SignedIn> {
  const author = authors[index % authors.length];
  const response = await fetch(`${appUrl}/api/v1/auth/email/signin`, {
    method: "POST",
    headers: { ...key, ...json },
    body: JSON.stringify({ method: "password", email: author?.email, password: author?.password }),
  });
  if (!response.ok) throw new Error(`Sign-in returned ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Clients that sign in continuously, at the full cost of a hash. */
export function signInLoad(
  url: string,
  { costlyAuthor }: FilledBlog,
  clients: number,
): Omit<Load, "seconds"> {
  const { email, password } = costlyAuthor;
  const request: LoadRequest = {
    method: "POST",
    path: "/api/v1/auth/email/signin",
    headers: { ...key, ...json },
    body: JSON.stringify({ method: "password", email, password }),
  };
  return { url, connections: Array.from({ length: clients }, () => [request]) };
}

function get(path: string, headers: Record<string, string> = {}): LoadRequest {
  return { method: "GET", path, headers: { ...key, ...headers } };
}

function bearer({ accessToken }: SignedIn): Record<string, string> {
  return { Authorization: `Bearer ${accessToken}` };
}

function articlesPath(door: Sender["door"]): string {
  return door === "app" ? "/api/v1/data/articles" : "/articles";
}
