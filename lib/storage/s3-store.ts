import "server-only";
import type { S3Client } from "@aws-sdk/client-s3";
import type { S3Settings } from "@/lib/config/s3-settings";
import { AppError } from "@/lib/core/errors";
import { once } from "@/lib/runtime/once";
import type { FileStore } from "./file-store";
import { s3BucketAddress } from "./s3-bucket-address";

/** A store that does not respond must not block the callers that wait for it. */
const connectionTimeoutMs = 2000;
const requestTimeoutMs = 8000;

/**
 * Files in a bucket of any S3-compatible store: AWS, Cloudflare R2, MinIO and others. Clients upload to it directly.
 */
export function openS3Store(settings: S3Settings): FileStore {
  const { bucket, publicUrl } = settings;
  const bucketAddress = s3BucketAddress(settings);
  /** Loaded on first use, since the library is large. */
  const s3 = once(() => openClient(settings));

  return {
    async uploadAddress({ name, type, expiresAt }) {
      const { client, sdk } = await s3();
      const { getSignedUrl } = await import("@aws-sdk/s3-request-presigner");
      const command = new sdk.PutObjectCommand({ Bucket: bucket, Key: name, ContentType: type });
      return getSignedUrl(client, command, {
        expiresIn: Math.max(1, Math.round((expiresAt.getTime() - Date.now()) / 1000)),
        // The bucket serves the type of the upload, so the signature covers the requested type.
        signableHeaders: new Set(["content-type"]),
      });
    },

    async read(name) {
      const { client, sdk } = await s3();
      try {
        const { Body, ContentLength, ETag } = await client.send(
          new sdk.GetObjectCommand({ Bucket: bucket, Key: name }),
        );
        if (!Body) return null;
        return { body: Body.transformToWebStream(), size: ContentLength ?? 0, version: ETag ?? "" };
      } catch (error) {
        if (error instanceof sdk.NoSuchKey || error instanceof sdk.NotFound) return null;
        throw unavailable(error);
      }
    },

    async write(name, bytes, type) {
      const { client, sdk } = await s3();
      const { ETag } = await client
        .send(
          new sdk.PutObjectCommand({
            Bucket: bucket,
            Key: name,
            Body: bytes,
            ContentType: type,
            CacheControl: "public, max-age=86400",
          }),
        )
        .catch(throwUnavailable);
      return ETag ?? "";
    },

    async remove(name) {
      const { client, sdk } = await s3();
      await client.send(new sdk.DeleteObjectCommand({ Bucket: bucket, Key: name })).catch(throwUnavailable);
    },

    publicAddress: (name) => (publicUrl ? `${publicUrl}/${name}` : null),
    knownAddresses: (name) => [bucketAddress, publicUrl].filter(Boolean).map((base) => `${base}/${name}`),
  };
}

type S3 = { client: S3Client; sdk: typeof import("@aws-sdk/client-s3") };

async function openClient({ region, endpoint, accessKeyId, secretAccessKey }: S3Settings): Promise<S3> {
  const sdk = await import("@aws-sdk/client-s3");
  const client = new sdk.S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    ...(endpoint && { endpoint, forcePathStyle: true }),
    maxAttempts: 2,
    requestHandler: { connectionTimeout: connectionTimeoutMs, requestTimeout: requestTimeoutMs },
    // Checksums are an AWS extension, which other stores do not support and presigned URLs cannot contain.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  return { client, sdk };
}

function throwUnavailable(error: unknown): never {
  throw unavailable(error);
}

function unavailable(error: unknown): AppError {
  return new AppError("common/unavailable", { retryAfterSeconds: 5, cause: error });
}
