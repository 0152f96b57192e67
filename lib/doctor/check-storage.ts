import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Env } from "@/lib/config/env";
import type { S3Settings } from "@/lib/config/s3-settings";
import { type Finding, good, problem, warning } from "./finding";

type StorageSettings = Pick<Env, "DATA_DIR" | "APP_URL" | "s3" | "isProduction" | "isVercel">;

const timeoutMs = 5_000;

/** Checks file storage: the data folder, or a bucket, without changing it. */
export async function checkStorage(settings: StorageSettings): Promise<Finding[]> {
  const { DATA_DIR, APP_URL, s3, isProduction, isVercel } = settings;
  if (s3) return [await checkBucket(s3), ...mixedContent(s3, APP_URL)];
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

function mixedContent({ publicUrl }: S3Settings, appUrl: string): Finding[] {
  if (!publicUrl?.startsWith("http:") || !appUrl.startsWith("https:")) return [];
  return [
    warning(
      "S3_PUBLIC_URL",
      "It is plain http while the blog is https: browsers do not show its pictures.",
      `Set S3_PUBLIC_URL=${publicUrl.replace("http:", "https:")}`,
    ),
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

async function checkBucket({
  bucket,
  region,
  endpoint,
  accessKeyId,
  secretAccessKey,
}: S3Settings): Promise<Finding> {
  const { GetObjectCommand, S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    ...(endpoint && { endpoint, forcePathStyle: true }),
    maxAttempts: 1,
    requestHandler: { connectionTimeout: timeoutMs, requestTimeout: timeoutMs },
  });
  try {
    // Requesting a missing file checks the bucket, region and keys without changing anything.
    await client.send(new GetObjectCommand({ Bucket: bucket, Key: "asked-by-the-doctor" }));
    return good("Storage", `The bucket ${bucket} answers.`);
  } catch (error) {
    return meaningOf(error instanceof Error ? error.name : "", bucket, endpoint);
  } finally {
    client.destroy();
  }
}

/** @param code the error code of S3 or of the failed connection. */
function meaningOf(code: string, bucket: string, endpoint: string | undefined): Finding {
  switch (code) {
    case "NoSuchKey":
    case "NotFound":
      return good("Storage", `The bucket ${bucket} answers.`);
    case "AccessDenied":
      return warning(
        "Storage",
        `The bucket ${bucket} knows the keys, and does not say whether they may read.`,
        "Let them list, read, write and delete in the bucket, if uploads fail",
      );
    case "NoSuchBucket":
      return problem("Storage", `There is no bucket ${bucket}.`, "Make it, or correct S3_BUCKET");
    case "PermanentRedirect":
    case "AuthorizationHeaderMalformed":
      return problem("Storage", `The bucket ${bucket} is in another region.`, "Correct S3_REGION");
    case "InvalidAccessKeyId":
    case "SignatureDoesNotMatch":
      return problem(
        "Storage",
        `The store refuses the keys (${code}).`,
        "Correct S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY",
      );
    default:
      return problem(
        "Storage",
        `No S3-compatible service responds at ${endpoint ? new URL(endpoint).host : "AWS"} (${code}).`,
        "Correct S3_ENDPOINT and S3_REGION; a firewall may be in between",
      );
  }
}
