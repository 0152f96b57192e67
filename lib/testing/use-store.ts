import { afterAll, beforeAll, inject } from "vitest";
import { testSettings } from "./app/settings";
import { startTestApp, type TestApp } from "./app/start-test-app";
import { Caller, freshAddress } from "./caller";
import { newUser, type Person } from "./people";
import { type S3Server, startS3Server } from "./servers/s3-server";

/** The kinds of storage of a blog. */
export const stores = ["disk", "bucket"] as const;

/** A blog with one kind of storage, for the tests of the surrounding suite. */
export type BlogWithStore = {
  url(): string;
  visitor(): Caller;
  signedInUser(fields?: { name?: string }): Promise<Person>;
  /** The app that was started for this suite; undefined for the shared app, which uses the disk. */
  app(): TestApp | undefined;
  bucket(): S3Server | undefined;
};

/** Before the tests of a suite, starts a blog with a bucket if requested; stops it after them. */
export function useStore(
  store: (typeof stores)[number],
  settings: (bucket: S3Server) => Record<string, string> = () => ({}),
): BlogWithStore {
  let bucket: S3Server | undefined;
  let app: TestApp | undefined;

  beforeAll(async () => {
    if (store === "disk") return;
    bucket = await startS3Server();
    app = await startTestApp({ ...bucket.settings, ...settings(bucket) });
    // The timeout of `startApp`.
  }, 120_000);

  afterAll(async () => {
    await app?.stop();
    await bucket?.stop();
  });

  const url = () => app?.url ?? inject("appUrl");
  const visitor = () =>
    new Caller({ "X-API-Key": testSettings.PUBLISHABLE_KEY, "X-Forwarded-For": freshAddress() }, url());
  return {
    url,
    visitor,
    signedInUser: (fields) => newUser(fields, visitor()),
    app: () => app,
    bucket: () => bucket,
  };
}
