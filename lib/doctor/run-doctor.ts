import { loadEnvFiles } from "@/lib/load-env-files";
import { examine, reportOf } from "./examine";

// npm run doctor. With NODE_ENV=production it judges as for a server that strangers come to.

loadEnvFiles();
const findings = await examine(process.env);
console.log(`\n${reportOf(findings)}\n`);
if (findings.some(({ level }) => level === "error")) process.exitCode = 1;
