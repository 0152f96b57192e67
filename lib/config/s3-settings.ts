import { z } from "zod";

/** A base URL, which may have a path. */
const baseAddress = z
  .string()
  .trim()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    "must be an address such as https://s3.example.com",
  )
  .refine((text) => {
    if (!URL.canParse(text)) return true;
    const { search, hash, username, password } = new URL(text);
    return !search && !hash && !username && !password;
  }, "must have no query or account")
  .transform((text) => new URL(text).href.replace(/\/+$/, ""));

const shape = {
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]+[a-z0-9]$/, "must be the name of a bucket")
    .optional(),
  S3_REGION: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_ENDPOINT: baseAddress.optional(),
  S3_PUBLIC_URL: baseAddress.optional(),
};

export const s3SettingNames: readonly string[] = Object.keys(shape);

/** These are required together for a bucket; the other two are optional. */
const required = ["S3_BUCKET", "S3_REGION", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;

/** A bucket in storage with the S3 API. */
export type S3Settings = {
  bucket: string;
  region: string;
  /** The URL of the storage service; unset, AWS's own. */
  endpoint: string | undefined;
  accessKeyId: string;
  secretAccessKey: string;
  /** The URL where the bucket's objects are public; unset, the site serves them. */
  publicUrl: string | undefined;
};

/** Reads the settings of the bucket from the variables of the environment; undefined where there is none. */
export const s3Settings = z
  .object(shape)
  .check(({ value, issues }) => {
    // An incomplete bucket is an error: files would silently be stored elsewhere.
    if (Object.values(value).every((setting) => setting === undefined)) return;
    for (const name of required.filter((name) => value[name] === undefined)) {
      issues.push({
        code: "custom",
        path: [name],
        message: "is required together with the other S3_ settings",
        input: value,
      });
    }
  })
  .transform((env): S3Settings | undefined => {
    const { S3_BUCKET: bucket, S3_REGION: region, S3_ENDPOINT: endpoint, S3_PUBLIC_URL: publicUrl } = env;
    const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
    if (!bucket || !region || !accessKeyId || !secretAccessKey) return undefined;
    return { bucket, region, endpoint, accessKeyId, secretAccessKey, publicUrl };
  });
