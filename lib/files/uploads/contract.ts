import { z } from "zod";
import { type Contract, countCodePoints, isStorableText, timestamp } from "@/lib/core/contract";
import { isFileKey } from "@/lib/images/image-path";
import { imageTypes } from "@/lib/images/image-types";
import { imageWidths } from "@/lib/images/image-widths";

const maxNameLength = 255;

/**
 * A file's name, in any script. It is only ever shown: nothing is stored under it. Marks that turn the direction of
 * text could make it look like another.
 */
export const fileName = z
  .string("file/invalid-name")
  .normalize("NFC")
  .refine(isFileName, "file/invalid-name")
  .meta({ minLength: 1, maxLength: maxNameLength });

export const imageType = z.enum(imageTypes, "file/invalid-format");

export const issuedUpload = z.object({
  url: z.string().meta({ description: "PUT the picture here, once." }),
  key: z.string(),
  expiresAt: timestamp,
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

const params = z.object({ key: z.string().refine(isFileKey) });

const signature = z.object({ expires: z.string().optional(), signature: z.string().optional() });

export const receiveUploadContract = {
  method: "PUT",
  path: "/v1/storage/{key}",
  summary: "Upload one picture to a signed address",
  source: "bkend: storage, presigned upload",
  access: "open",
  params,
  notFound: "file/not-found",
  query: signature,
  takesBytes: imageTypes,
  success: { status: 200, body: z.object({ key: z.string() }) },
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
  summary: "Look at a stored picture; a private one by a signed address",
  source: "bkend: storage, download",
  access: "open",
  params,
  notFound: "file/not-found",
  query: signature.extend({
    width: z
      .enum(imageWidths.map(String), "file/invalid-format")
      .transform(Number)
      .optional()
      .meta({ description: "No wider than that, as WebP; an animation stays as it is." }),
  }),
  givesBytes: imageTypes,
  success: { status: 200, body: z.unknown() },
  errors: ["file/access-denied", "file/not-found", "file/invalid-format"],
} as const satisfies Contract;
