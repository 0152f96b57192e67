import type { Route } from "next";
import { expectTypeOf, it } from "vitest";
import type { Link } from "./link";

type Href<Path extends string> = Parameters<typeof Link<Path>>[0]["href"];

// The type check, not the test run, finds what is wrong here.
it("takes the paths of pages", () => {
  expectTypeOf<"/signin">().toExtend<Href<"/signin">>();
  expectTypeOf<`/signin?${string}`>().toExtend<Href<`/signin?${string}`>>();
  expectTypeOf<`/articles/${string}/edit`>().toExtend<Href<`/articles/${string}/edit`>>();
  expectTypeOf<Route>().toExtend<Href<string>>();
});

it("takes no path without a page, and no text that may be one", () => {
  expectTypeOf<"/sigin">().not.toExtend<Href<"/sigin">>();
  expectTypeOf<`/sigin?${string}`>().not.toExtend<Href<`/sigin?${string}`>>();
  expectTypeOf<`/articles/${string}/edti`>().not.toExtend<Href<`/articles/${string}/edti`>>();
  expectTypeOf<string>().not.toExtend<Href<string>>();
});
