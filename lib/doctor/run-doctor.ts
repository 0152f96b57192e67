import { existsSync } from "node:fs";
import { examine, reportOf } from "./examine";

// npm run doctor. With NODE_ENV=production it judges as for a server that strangers come to.

const mode = process.env.NODE_ENV || "development";

// As Next.js does: the environment wins over the files, the first file over the second.
for (const file of [`.env.${mode}.local`, ".env.local", `.env.${mode}`, ".env"]) {
  // A Node.js too old for it is what the doctor is there to name.
  if (existsSync(file) && "loadEnvFile" in process) process.loadEnvFile(file);
}

const findings = await examine(process.env);
console.log(`\n${reportOf(findings)}\n`);
if (findings.some(({ level }) => level === "error")) process.exitCode = 1;
