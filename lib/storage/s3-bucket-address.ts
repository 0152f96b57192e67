import type { S3Settings } from "@/lib/config/s3-settings";

/** @returns the address of a bucket, below which its objects lie: where browsers send what they upload. */
export function s3BucketAddress({
  bucket,
  region,
  endpoint,
}: Pick<S3Settings, "bucket" | "region" | "endpoint">): string {
  if (endpoint) return `${endpoint}/${bucket}`;
  // A certificate for *.s3.… does not cover a name with dots of its own.
  const host = `s3.${region}.amazonaws.com`;
  return bucket.includes(".") ? `https://${host}/${bucket}` : `https://${bucket}.${host}`;
}
