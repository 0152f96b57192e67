import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { loadEnvFiles } from "./load-env-files";

// Part of `npm run dev`: creates what a fresh clone lacks, once.

const localSettings = [
  {
    name: "AUTH_SECRET",
    comment: "The root of all tokens and cookies of this copy. Made at random; keep it to yourself.",
    value: () => randomBytes(32).toString("base64url"),
  },
  {
    name: "PUBLISHABLE_KEY",
    comment: "Sent as X-API-Key by browsers and mobile apps. Not a secret.",
    value: () => `pk_${randomBytes(32).toString("hex")}`,
  },
  {
    name: "SECRET_KEY",
    comment: "Sent as X-API-Key by servers, and acts as admin. Keep it to yourself.",
    value: () => `sk_${randomBytes(32).toString("hex")}`,
  },
  {
    name: "PASSWORD_MIN_LENGTH",
    comment: "As short as the tutorial's passwords (abc123). Without this line it is 8.",
    value: () => "6",
  },
  {
    name: "PASSWORD_BLOCK_COMMON",
    comment: "The tutorial's passwords are common ones. Without this line they are refused.",
    value: () => "off",
  },
  {
    name: "PUBLISHING",
    comment:
      "The tutorial publishes before its address is confirmed. Without this line only confirmed users may.",
    value: () => "members",
  },
];

generateClient();
writeMissingSettings();

/** Generates the Prisma client if there is none yet, or if the schema or the packages have changed since. */
function generateClient() {
  const generatedAt = changedAt("lib/generated/prisma/client.ts");
  const sources = ["prisma/schema.prisma", "prisma.config.ts", "node_modules/.package-lock.json"];
  if (sources.every((source) => changedAt(source) < generatedAt)) return;
  execFileSync(process.execPath, ["node_modules/prisma/build/index.js", "generate", "--no-hints"], {
    stdio: "inherit",
  });
}

function changedAt(path: string): number {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

/** Adds settings to `.env.local` that are set nowhere. Existing lines stay unchanged. */
function writeMissingSettings() {
  loadEnvFiles();
  const missing = localSettings.filter(({ name }) => !process.env[name]);
  if (missing.length === 0) return;

  const lines = missing.map(({ name, comment, value }) => `# ${comment}\n${name}=${value()}\n`);
  const before = existsSync(".env.local") ? readFileSync(".env.local", "utf8") : "";
  const separator = before === "" ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  appendFileSync(".env.local", separator + lines.join("\n"), { mode: 0o600 });
  console.log(`Wrote ${missing.map(({ name }) => name).join(", ")} to .env.local.`);
}
