import nextEnv from "@next/env";

/**
 * Reads settings from the files of a folder, for commands, by the reader that Next.js has for the app: the environment
 * wins over the files, the first file over the second, and `$NAME` is replaced by another setting. To be called before
 * anything asks for a setting.
 */
export function loadEnvFiles(folder = "."): void {
  const silent = { info: () => undefined, error: console.error };
  nextEnv.loadEnvConfig(folder, process.env.NODE_ENV !== "production", silent, true);
}
