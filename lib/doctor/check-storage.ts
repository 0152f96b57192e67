import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Finding, good, problem, warning } from "./finding";

type StorageSettings = { DATA_DIR: string; APP_URL: string; isProduction: boolean; isVercel: boolean };

const timeoutMs = 5_000;

/**
 * Looks whether files can be kept: in the data folder, or in an S3 store whose settings are all there.
 *
 * @param variables the environment, where the store's settings stand.
 */
export async function checkStorage(
  settings: StorageSettings,
  variables: Record<string, string | undefined>,
): Promise<Finding[]> {
  const { DATA_DIR, APP_URL, isProduction, isVercel } = settings;
  const { S3_BUCKET, S3_ENDPOINT, S3_PUBLIC_URL } = variables;
  if (!S3_BUCKET) {
    return isVercel
      ? [
          problem(
            "Storage",
            "Vercel keeps no files, so uploads are lost.",
            "Set S3_BUCKET and its S3_… companions, as .env.example explains",
          ),
        ]
      : [checkFolder(DATA_DIR, isProduction)];
  }
  const mixed =
    S3_PUBLIC_URL?.startsWith("http:") && APP_URL.startsWith("https:")
      ? [
          warning(
            "S3_PUBLIC_URL",
            "It is plain http while the blog is https: browsers do not show its pictures.",
            `Set S3_PUBLIC_URL=${S3_PUBLIC_URL.replace("http:", "https:")}`,
          ),
        ]
      : [];
  return [
    S3_ENDPOINT ? await reach(S3_ENDPOINT, S3_BUCKET) : good("Storage", `S3, bucket ${S3_BUCKET}.`),
    ...mixed,
  ];
}

function checkFolder(dataDir: string, isProduction: boolean): Finding {
  let existing = resolve(dataDir);
  while (!existsSync(existing)) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
  } catch {
    return problem(
      "Storage",
      `${dataDir} cannot be written to.`,
      `chown it to the user that runs the server, or set DATA_DIR to another folder`,
    );
  }
  return good(
    "Storage",
    `Files are kept in ${dataDir}.${isProduction ? " Include it in your backups; several servers need S3_… instead." : ""}`,
  );
}

/** Any answer will do: a store refuses whoever does not sign. */
async function reach(endpoint: string, bucket: string): Promise<Finding> {
  const answered = await fetch(endpoint, { method: "HEAD", signal: AbortSignal.timeout(timeoutMs) }).then(
    () => true,
    () => false,
  );
  return answered
    ? good("Storage", `S3 answers at ${new URL(endpoint).host}, bucket ${bucket}.`)
    : problem(
        "Storage",
        `Nothing answers at ${URL.canParse(endpoint) ? new URL(endpoint).host : "S3_ENDPOINT"}.`,
        "Correct S3_ENDPOINT; a firewall may be in between",
      );
}
