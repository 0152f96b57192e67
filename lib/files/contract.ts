import { z } from "zod";
import { type Contract, isStorableText, text, timestamp } from "@/lib/core/contract";
import { maxImageBytes } from "@/lib/images/image-types";
import { fileName, imageType, issuedUpload } from "./uploads/contract";

/** Who may look at a file: with `public` anybody, with the others its owner. */
const visibility = z.enum(["public", "private", "protected", "shared"]);

const uploadInput = z.strictObject({
  filename: fileName,
  contentType: imageType,
  fileSize: z.int().min(1).max(maxImageBytes, "file/file-too-large").optional(),
  visibility: visibility.default("private"),
  category: text({ max: 50 })
    .optional()
    .meta({ description: "Taken from clients that send one; nothing depends on it." }),
});

export type UploadInput = z.output<typeof uploadInput>;

const fileInput = z.strictObject({
  s3Key: z.string(),
  originalName: fileName,
  mimeType: z.string().meta({ description: "Its bytes tell what it is, whatever is said here." }),
  size: z.number().meta({ description: "Its bytes tell how large it is, whatever is said here." }),
  visibility: visibility.optional(),
});

export type FileInput = z.output<typeof fileInput>;

const file = z
  .object({
    id: z.string(),
    key: z.string(),
    originalName: z.string(),
    mimeType: z.string(),
    size: z.int().meta({ description: "In bytes." }),
    visibility,
    ownerId: z.string().nullable().meta({ description: "Null once the owner is gone." }),
    createdAt: timestamp,
  })
  .meta({ id: "File" });

export type StoredFile = z.output<typeof file>;

const params = z.object({ id: z.string().refine(isStorableText) });

export const issueUploadContract = {
  method: "POST",
  path: "/v1/files/presigned-url",
  summary: "Ask for an address to upload a picture to",
  source: "bkend: storage, presigned upload; blog cookbook, cover images",
  access: "user",
  body: uploadInput,
  success: {
    status: 200,
    body: issuedUpload.extend({ filename: z.string(), contentType: z.string() }),
  },
  errors: ["file/invalid-name", "file/invalid-format", "file/file-too-large", "file/quota-exceeded"],
} as const satisfies Contract;

export const createFileContract = {
  method: "POST",
  path: "/v1/files",
  summary: "Register an uploaded picture",
  source: "bkend: storage, file metadata",
  access: "user",
  body: fileInput,
  success: { status: 201, body: file },
  errors: [
    "file/invalid-name",
    "file/not-found",
    "file/invalid-format",
    "file/file-too-large",
    "file/quota-exceeded",
  ],
} as const satisfies Contract;

export const getFileContract = {
  method: "GET",
  path: "/v1/files/{id}",
  summary: "What is known of a file",
  source: "bkend: storage, file metadata",
  access: "guest",
  params,
  notFound: "file/not-found",
  success: { status: 200, body: file },
  errors: ["file/access-denied", "file/not-found"],
} as const satisfies Contract;

export const downloadFileContract = {
  method: "POST",
  path: "/v1/files/{id}/download-url",
  summary: "Where a file can be read: for ever a public one, for 15 minutes a private one",
  source: "bkend: storage, download",
  access: "guest",
  params,
  notFound: "file/not-found",
  success: { status: 200, body: z.object({ url: z.string(), expiresAt: timestamp.optional() }) },
  errors: ["file/access-denied", "file/not-found"],
} as const satisfies Contract;

export const deleteFileContract = {
  method: "DELETE",
  path: "/v1/files/{id}",
  summary: "Delete a file",
  source: "bkend: storage, delete",
  access: "member",
  params,
  notFound: "file/not-found",
  success: { status: 200, body: z.object({ success: z.literal(true) }) },
  errors: ["file/access-denied", "file/not-found"],
} as const satisfies Contract;
