import type { S3Settings } from "@/lib/config/s3-settings";

/** @returns the base URL of a bucket's objects, to which browsers upload. */
export function s3BucketAddress({
  bucket,
  region,
  endpoint,
}: Pick<S3Settings, "bucket" | "region" | "endpoint">): string {
  if (endpoint) return `${endpoint}/${bucket}`;
  // A certificate for *.s3.… does not cover a bucket name with dots.
  const host = `s3.${region}.amazonaws.com`;
  return bucket.includes(".") ? `https://${host}/${bucket}` : `https://${bucket}.${host}`;
}
