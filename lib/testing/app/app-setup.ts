import { createWriteStream, existsSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { socialSettings, startSocialProvider } from "@/lib/testing/servers/social-provider";
import { testSettings } from "./settings";
import { startTestApp } from "./start-test-app";

declare module "vitest" {
  export interface ProvidedContext {
    /** The URL of the running app, such as http://localhost:40123. */
    appUrl: string;
    publishableKey: string;
    secretKey: string;
    // part: social-sign-in
    /** The URL of the fake Google and GitHub. */
    socialProviderUrl: string;
    // end of part: social-sign-in
    /** The path of the app's log file. */
    appLog: string;
  }
}

/** Runs once before the `*.api.test.ts` files: starts the production build on a new database. */
export default async function setUpApp(project: TestProject) {
  if (!existsSync(".next/BUILD_ID")) throw new Error("These tests need the production build: npm run build");

  const provider = await startSocialProvider(); // part: social-sign-in
  const settings = {
    ...socialSettings(provider.url), // part: social-sign-in
  };
  const app = await startTestApp(settings, project.config.env.DATABASE_URL);
  const { url, dataDir } = app.database;

  const appLog = join(dataDir, "app.log");
  for (const output of [app.process.stdout, app.process.stderr]) {
    output?.pipe(createWriteStream(appLog, { flags: "a" }));
  }

  project.provide("appUrl", app.url);
  project.provide("socialProviderUrl", provider.url); // part: social-sign-in
  project.provide("appLog", appLog);
  project.provide("publishableKey", testSettings.PUBLISHABLE_KEY);
  project.provide("secretKey", testSettings.SECRET_KEY);
  project.provide("databaseUrl", url);
  project.provide("dataDir", dataDir);
  return async () => {
    await provider.stop(); // part: social-sign-in
    await app.stop().catch((error: unknown) => {
      // Vitest only logs an error of this function.
      process.exitCode = 1;
      throw error;
    });
  };
}
