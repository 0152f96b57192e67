import { z } from "zod";
import {
  type Contract,
  createdAt,
  deletedAnswer,
  isStorableText,
  text,
  timestamp,
} from "@/lib/core/contract";
import { maxImageBytes } from "@/lib/images/image-types";
import { fileName, imageType, issuedUpload } from "./uploads/contract";

const visibility = z
  .enum(["public", "private", "protected", "shared"])
  .meta({ description: "Who can read the file: everyone if `public`, otherwise its owner." });

const uploadInput = z.strictObject({
  filename: fileName,
  contentType: imageType,
  fileSize: z
    .int()
    .min(1)
    .max(maxImageBytes, "file/file-too-large")
    .optional()
    .meta({ description: "The size in bytes." }),
  visibility: visibility.default("private"),
  category: text({ max: 50 }).optional().meta({ description: "Accepted for compatibility and ignored." }),
});

export type UploadInput = z.output<typeof uploadInput>;

const fileInput = z.strictObject({
  s3Key: z.string().meta({ description: "The key that the upload URL was issued with." }),
  originalName: fileName,
  mimeType: z
    .string()
    .meta({ description: "Accepted for compatibility; the type is detected from the content." }),
  size: z.number().meta({ description: "Accepted for compatibility; the size is measured." }),
  visibility: visibility.optional(),
});

export type FileInput = z.output<typeof fileInput>;

const file = z
  .object({
    id: z.string().meta({ description: "The ID of the file." }),
    key: z.string().meta({ description: "The key of the file in the storage." }),
    originalName: z.string().meta({ description: "The name of the uploaded file." }),
    mimeType: z.string().meta({ description: "The media type, detected from the content." }),
    size: z.int().meta({ description: "The size in bytes." }),
    visibility,
    ownerId: z
      .string()
      .nullable()
      .meta({ description: "The ID of the owner; `null` once the owner's account is deleted." }),
    createdAt,
  })
  .meta({ id: "File" });

export type StoredFile = z.output<typeof file>;

const params = z.object({
  id: z.string().refine(isStorableText).meta({ description: "The ID of the file." }),
});

export const issueUploadContract = {
  method: "POST",
  path: "/v1/files/presigned-url",
  summary: "Get a signed URL to upload an image",
  source: "bkend: storage, presigned upload; blog cookbook, cover images",
  access: "user",
  body: uploadInput,
  success: {
    status: 200,
    body: issuedUpload.extend({
      filename: z.string().meta({ description: "The name of the file." }),
      contentType: z.string().meta({ description: "The media type to upload." }),
    }),
  },
  errors: ["file/invalid-name", "file/invalid-format", "file/file-too-large", "file/quota-exceeded"],
} as const satisfies Contract;

export const createFileContract = {
  method: "POST",
  path: "/v1/files",
  summary: "Register an uploaded image",
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
  summary: "Get the metadata of a file",
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
  summary: "Get the URL of a file; the URL of a private file expires after 15 minutes",
  source: "bkend: storage, download",
  access: "guest",
  params,
  notFound: "file/not-found",
  success: {
    status: 200,
    body: z.object({
      url: z.string().meta({ description: "The URL of the file." }),
      expiresAt: timestamp
        .optional()
        .meta({ description: "When the URL expires. Absent for public files, whose URL does not." }),
    }),
  },
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
  success: { status: 200, body: deletedAnswer },
  errors: ["file/access-denied", "file/not-found"],
} as const satisfies Contract;
