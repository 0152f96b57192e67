import { loadEnvFiles } from "@/lib/config/load-env-files";
import { reportOf, runChecks } from "./run-checks";

// npm run doctor. With NODE_ENV=production, it checks for a public server.

loadEnvFiles();
const findings = await runChecks(process.env);
console.log(`\n${reportOf(findings)}\n`);
if (findings.some(({ level }) => level === "error")) process.exitCode = 1;
