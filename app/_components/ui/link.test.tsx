import type { Route } from "next";
import { expectTypeOf, it } from "vitest";
import type { Link } from "./link";

type Href<Path extends string> = Parameters<typeof Link<Path>>[0]["href"];

// These assertions fail in the type check, not in the test run.
it("Link accepts the paths of pages", () => {
  expectTypeOf<"/signin">().toExtend<Href<"/signin">>();
  expectTypeOf<`/signin?${string}`>().toExtend<Href<`/signin?${string}`>>();
  expectTypeOf<`/articles/${string}/edit`>().toExtend<Href<`/articles/${string}/edit`>>();
  expectTypeOf<Route>().toExtend<Href<string>>();
});

it("Link rejects paths without a page, and arbitrary strings", () => {
  expectTypeOf<"/sigin">().not.toExtend<Href<"/sigin">>();
  expectTypeOf<`/sigin?${string}`>().not.toExtend<Href<`/sigin?${string}`>>();
  expectTypeOf<`/articles/${string}/edti`>().not.toExtend<Href<`/articles/${string}/edti`>>();
  expectTypeOf<string>().not.toExtend<Href<string>>();
});
