import { testSettings } from "../lib/testing/app/settings";
import { startApp } from "../lib/testing/app/start-app";
import { socialSettings } from "../lib/testing/servers/social-provider";

/**
 * Runs once before the tests: starts the production build on its own database.
 *
 * @returns a function that stops it and fails the run if it has written secrets into its log.
 */
export default async function setUpApp(): Promise<() => Promise<void>> {
  const { E2E_PORT = "", E2E_MAIL_PORT, E2E_DATA_DIR = "" } = process.env;
  const app = await startApp({
    ...testSettings,
    ...socialSettings(`http://127.0.0.1:${process.env.E2E_SOCIAL_PORT}`), // part: social-sign-in
    DATA_DIR: E2E_DATA_DIR,
    PORT: E2E_PORT,
    RESEND_API_KEY: "re_journeys",
    EMAIL_FROM: "Blog <blog@example.com>",
    RESEND_BASE_URL: `http://127.0.0.1:${E2E_MAIL_PORT}`,
  });
  app.process.stderr?.pipe(process.stderr);
  return app.stop;
}
