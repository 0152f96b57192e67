import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

/**
 * Finds a Chromium for the end-to-end tests, and installs one if there is none.
 *
 * @returns its path, or undefined for Playwright's own.
 */
export function findChromium(): string | undefined {
  const installed = candidates().find(runs);
  if (installed) return installed;
  if (existsSync(chromium.executablePath())) return undefined;

  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    run("apt-get", ["update"]);
    run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
    const justInstalled = candidates().find(runs);
    if (justInstalled) return justInstalled;
  }
  run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  return undefined;
}

function candidates(): string[] {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
}

/** Some systems have a script with that name that only explains how to install the browser. */
function runs(path: string): boolean {
  if (!existsSync(path)) return false;
  // On Windows, `--version` opens a window.
  if (process.platform === "win32") return true;
  try {
    return /Chrom/.test(
      execFileSync(path, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    );
  } catch {
    return false;
  }
}

/** Continues after a failure: the next step may succeed, or else the missing browser is reported later. */
function run(command: string, args: string[]) {
  try {
    execFileSync(command, args, {
      stdio: "inherit",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  } catch {
    console.error(`${command} ${args.join(" ")} failed.`);
  }
}
