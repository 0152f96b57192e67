import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { findChromium } from "./e2e/find-chromium";
import { testSettings } from "./lib/testing/app/settings";
import { freePort } from "./lib/testing/servers/free-port";
import { socialSettings } from "./lib/testing/servers/social-provider";

// Every worker reads this file again: what is found and made once goes on to them through the environment.
process.env.E2E_CHROMIUM ??= findChromium() ?? "";
process.env.E2E_PORT ??= String(await freePort());
process.env.E2E_MAIL_PORT ??= String(await freePort());
process.env.E2E_MAILBOX_PORT ??= String(await freePort());
process.env.E2E_SOCIAL_PORT ??= String(await freePort()); // part: social-sign-in
process.env.E2E_DATA_DIR ??= mkdtempSync(join(tmpdir(), "blog-e2e-"));

// A window of Chromium renders popups of its address bar as pages, also without a screen: a quarter of the whole time.
// This list replaces the one that Playwright itself hands over, so what matters of that one is repeated.
const disabledFeatures = [
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"],
  ...[
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "LensOverlay",
  ],
  ...["MediaRouter", "OptimizationHints", "PaintHolding", "ThirdPartyStoragePartitioning"],
];

const { E2E_CHROMIUM, E2E_PORT, E2E_MAIL_PORT, E2E_MAILBOX_PORT, E2E_DATA_DIR } = process.env;
const url = `http://localhost:${E2E_PORT}`;
const providerUrl = `http://127.0.0.1:${process.env.E2E_SOCIAL_PORT}`; // part: social-sign-in

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/journeys",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // The app needs a core as well.
  workers: 2,
  retries: 0,
  reporter: [["list"], ["json", { outputFile: "test-results/playwright.json" }]],
  use: {
    baseURL: url,
    locale: "en",
    // Recording a trace of every test would cost a third of the time.
    screenshot: "only-on-failure",
    launchOptions: {
      ...(E2E_CHROMIUM && { executablePath: E2E_CHROMIUM }),
      args: [
        ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
        `--disable-features=${disabledFeatures}`,
      ],
    },
  },
  // A test tagged @desktop or @phone runs there alone.
  projects: [
    {
      name: "desktop",
      grepInvert: /@phone/,
      use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } },
    },
    {
      name: "phone",
      // The pages whose layout or handling differs there; the rest would only be shown the same again.
      testMatch:
        /(accessibility|api-reference|avatar|editor|languages-and-themes|reading|settings|sign-up-and-in|writing)\.spec\.ts$/,
      grepInvert: /@desktop/,
      use: { ...devices["Pixel 7"], viewport: { width: 390, height: 844 } },
    },
  ],
  webServer: [
    {
      command: "tsx e2e/mail-provider-server.ts",
      url: `http://127.0.0.1:${E2E_MAILBOX_PORT}`,
      gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
    },
    // part: social-sign-in
    {
      command: "tsx e2e/social-provider-server.ts",
      url: `${providerUrl}/jwks`,
      gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
    },
    // end of part: social-sign-in
    {
      // The production build, as `npm start` runs it, on a database of its own.
      command: "npm start",
      url: `${url}/health/ready`,
      env: {
        ...testSettings,
        ...socialSettings(providerUrl), // part: social-sign-in
        NODE_ENV: "production",
        DATA_DIR: E2E_DATA_DIR,
        PORT: E2E_PORT,
        APP_URL: url,
        RESEND_API_KEY: "re_journeys",
        EMAIL_FROM: "Blog <blog@example.com>",
        RESEND_BASE_URL: `http://127.0.0.1:${E2E_MAIL_PORT}`,
      },
      timeout: 120_000,
      gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    },
  ],
});
