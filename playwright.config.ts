import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { findChromium } from "./e2e/find-chromium";
import { freePort } from "./lib/testing/servers/free-port";

// Every worker evaluates this file again. Values that must be the same for all are passed in the environment.
process.env.E2E_CHROMIUM ??= findChromium() ?? "";
process.env.E2E_PORT ??= String(await freePort());
process.env.E2E_MAIL_PORT ??= String(await freePort());
process.env.E2E_MAILBOX_PORT ??= String(await freePort());
process.env.E2E_SOCIAL_PORT ??= String(await freePort()); // part: social-sign-in
process.env.E2E_DATA_DIR ??= mkdtempSync(join(tmpdir(), "blog-e2e-"));

// Chromium renders the popups of its address bar as pages, even headless, which takes a quarter of the whole time.
// This list replaces Playwright's default, so it repeats the relevant features of that.
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

const { E2E_CHROMIUM, E2E_PORT, E2E_MAILBOX_PORT } = process.env;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/journeys",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // The app needs a core, too.
  workers: 2,
  retries: 0,
  reporter: [["list"], ["json", { outputFile: "test-results/playwright.json" }]],
  use: {
    baseURL: `http://localhost:${E2E_PORT}`,
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
  // A test tagged @desktop or @phone runs only in that project.
  projects: [
    {
      name: "desktop",
      grepInvert: /@phone/,
      use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } },
    },
    {
      name: "phone",
      // Only the pages whose layout or interaction differs on a phone.
      testMatch: [
        /(accessibility|api-reference|avatar|editor|reading|settings|sign-up-and-in|themes|writing)\.spec\.ts$/,
        /korean\.spec\.ts$/, // part: korean
      ],
      grepInvert: /@desktop/,
      use: { ...devices["Pixel 7"], viewport: { width: 390, height: 844 } },
    },
  ],
  globalSetup: "./e2e/app-setup.ts",
  webServer: [
    {
      command: "tsx e2e/mail-provider-server.ts",
      url: `http://127.0.0.1:${E2E_MAILBOX_PORT}`,
      gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
    },
    // part: social-sign-in
    {
      command: "tsx e2e/social-provider-server.ts",
      url: `http://127.0.0.1:${process.env.E2E_SOCIAL_PORT}/jwks`,
      gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
    },
    // end of part: social-sign-in
  ],
});
