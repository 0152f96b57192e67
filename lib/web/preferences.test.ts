import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { locales } from "@/lib/i18n/locales";

/** A language other than the default, if there is one. */
const other = locales.at(-1) ?? "en";

const jar = new Map<string, { value: string; [option: string]: unknown }>();
const headers = new Headers();

vi.mock("next/headers", () => ({
  headers: async () => headers,
  cookies: async () => ({
    get: (name: string) => jar.get(name),
    set: (name: string, value: string, options: object) => jar.set(name, { ...options, value }),
  }),
}));

beforeEach(() => {
  jar.clear();
  headers.set("accept-language", other);
  vi.resetModules();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

test("the browser's language is used until the reader chooses one", async () => {
  const { currentLocale, saveLocale } = await import("./preferences");
  expect(await currentLocale()).toBe(other);
  await saveLocale("en");
  expect(await currentLocale()).toBe("en");
});

test("an invalid cookie is ignored", async () => {
  const { currentLocale, currentTheme } = await import("./preferences");
  jar.set("locale", { value: "../../en" });
  jar.set("theme", { value: "<script>" });
  expect(await currentLocale()).toBe(other);
  expect(await currentTheme()).toBe("system");
});

test("the names of cookies have the prefix __Host- on https", async () => {
  vi.stubEnv("APP_URL", "https://blog.example.com");
  const { currentTheme, saveTheme } = await import("./preferences");
  await saveTheme("dark");
  expect(jar.get("__Host-theme")).toMatchObject({
    value: "dark",
    secure: true,
    httpOnly: true,
    sameSite: "lax",
    path: "/",
  });
  expect(await currentTheme()).toBe("dark");
});
