import { afterAll, beforeAll, inject } from "vitest";
import { testSettings } from "./app/settings";
import { startTestApp, type TestApp } from "./app/start-test-app";
import { Caller, freshAddress } from "./caller";
import { newcomer, type Person } from "./people";
import { type S3Server, startS3Server } from "./servers/s3-server";

/** The kinds of storage of a blog. */
export const stores = ["disk", "bucket"] as const;

/** A blog that keeps its pictures there, for the tests of the suite around the call. */
export type BlogWithStore = {
  url(): string;
  visitor(): Caller;
  signedInUser(fields?: { name?: string }): Promise<Person>;
  /** The one that is started for this; the one of all tests has a disk. */
  app(): TestApp | undefined;
  bucket(): S3Server | undefined;
};

/** Starts a blog with a bucket, where that is asked for, before the tests of a suite; stops it after them. */
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
    // As long as `startApp` waits itself.
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
    signedInUser: (fields) => newcomer(fields, visitor()),
    app: () => app,
    bucket: () => bucket,
  };
}
