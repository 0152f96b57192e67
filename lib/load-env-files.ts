import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * Reads settings from the files of a folder, for commands, as Next.js does for the app: the environment wins over the
 * files, the first file over the second. To be called before anything asks for a setting.
 */
export function loadEnvFiles(folder = "."): void {
  const mode = process.env.NODE_ENV || "development";
  for (const name of [`.env.${mode}.local`, ".env.local", `.env.${mode}`, ".env"]) {
    const file = join(folder, name);
    // A Node.js too old for it is what the doctor is there to name.
    if (existsSync(file) && "loadEnvFile" in process) process.loadEnvFile(file);
  }
}
