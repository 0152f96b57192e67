import nextEnv from "@next/env";

/**
 * Loads the `.env` files of a folder for commands, with the loader that Next.js uses for the app: the environment takes
 * precedence over the files, the first file over the second, and `$NAME` expands to another setting. Call it before
 * anything reads a setting.
 */
export function loadEnvFiles(folder = "."): void {
  const silent = { info: () => undefined, error: console.error };
  nextEnv.loadEnvConfig(folder, process.env.NODE_ENV !== "production", silent, true);
}
