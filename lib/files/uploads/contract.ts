import { z } from "zod";
import { type Contract, countCodePoints, isStorableText, timestamp } from "@/lib/core/contract";
import { isFileKey } from "@/lib/images/image-path";
import { imageTypes } from "@/lib/images/image-types";
import { imageWidths } from "@/lib/images/image-widths";
import { normalizeText } from "@/lib/runtime/normalize-text";

const maxNameLength = 255;

/**
 * The name of a file, in any script. It is only displayed, never used as a storage name. Direction marks are rejected,
 * since they could disguise the name as another.
 */
export const fileName = z
  .string("file/invalid-name")
  .overwrite((value) => normalizeText(value))
  .refine(isFileName, "file/invalid-name")
  .meta({ minLength: 1, maxLength: maxNameLength, description: "The name of the file." });

export const imageType = z
  .enum(imageTypes, "file/invalid-format")
  .meta({ description: "The media type of the image." });

export const issuedUpload = z.object({
  url: z.string().meta({ description: "The signed URL to `PUT` the image to, once." }),
  key: z.string().meta({ description: "The key of the file in the storage." }),
  expiresAt: timestamp.meta({ description: "When the URL expires." }),
});

function isFileName(name: string): boolean {
  const length = countCodePoints(name);
  return (
    length >= 1 &&
    length <= maxNameLength &&
    isStorableText(name) &&
    !/[/\\\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(name)
  );
}

const params = z.object({
  key: z.string().refine(isFileKey).meta({ description: "The key of the file." }),
});

const signature = z.object({
  expires: z.string().optional().meta({ description: "The expiry of a signed URL." }),
  signature: z.string().optional().meta({ description: "The signature of a signed URL." }),
});

export const receiveUploadContract = {
  method: "PUT",
  path: "/v1/storage/{key}",
  summary: "Upload an image to a signed URL",
  source: "bkend: storage, presigned upload",
  access: "open",
  params,
  notFound: "file/not-found",
  query: signature,
  requestTypes: imageTypes,
  success: { status: 200, body: z.object({ key: z.string().meta({ description: "The key of the file." }) }) },
  errors: [
    "file/access-denied",
    "file/not-found",
    "file/invalid-format",
    "file/file-too-large",
    "file/quota-exceeded",
  ],
} as const satisfies Contract;

export const serveFileContract = {
  method: "GET",
  path: "/v1/storage/{key}",
  summary: "Get a stored image; a private one requires a signed URL",
  source: "bkend: storage, download",
  access: "open",
  params,
  notFound: "file/not-found",
  query: signature.extend({
    width: z
      .enum(imageWidths.map(String), "file/invalid-format")
      .transform(Number)
      .optional()
      .meta({ description: "The maximum width, as WebP. Animations are not resized." }),
  }),
  responseTypes: imageTypes,
  success: { status: 200, body: z.unknown() },
  errors: ["file/access-denied", "file/not-found", "file/invalid-format"],
} as const satisfies Contract;
