import { z } from "zod";
import { type Contract, messageAnswer } from "@/lib/core/contract";
import { userParams } from "@/lib/core/fields";
import { fileName, imageType, issuedUpload } from "@/lib/files/uploads/contract";
import { imageTypeOfName } from "@/lib/images/image-types";
import { imageUrl } from "@/lib/images/image-url";

/** What the picture is; when nothing is said, its name tells. */
const avatarUploadInput = z
  .strictObject({ filename: fileName, contentType: imageType.optional() })
  .check(({ value, issues }) => {
    if (value.contentType ?? imageTypeOfName(value.filename)) return;
    issues.push({ code: "custom", message: "file/invalid-format", path: ["contentType"], input: value });
  });

export type AvatarUploadInput = z.output<typeof avatarUploadInput>;

export const issueAvatarUploadContract = {
  method: "POST",
  path: "/v1/users/{userId}/avatar/upload-url",
  summary: "Ask for an address to upload a picture of oneself to",
  source: "bkend: users, avatar upload",
  access: "member",
  params: userParams,
  notFound: "user/not-found",
  body: avatarUploadInput,
  success: { status: 200, body: issuedUpload },
  errors: [
    "user/forbidden",
    "user/not-found",
    "file/invalid-format",
    "file/invalid-name",
    "file/quota-exceeded",
  ],
} as const satisfies Contract;

export const setAvatarContract = {
  method: "PATCH",
  path: "/v1/users/{userId}/avatar",
  summary: "Make an uploaded picture one's avatar",
  source: "bkend: users, avatar",
  access: "member",
  params: userParams,
  notFound: "user/not-found",
  body: z.strictObject({ s3Key: z.string() }),
  success: { status: 200, body: z.object({ image: imageUrl }) },
  errors: [
    "user/forbidden",
    "user/not-found",
    "file/not-found",
    "file/invalid-format",
    "file/file-too-large",
    "file/quota-exceeded",
  ],
} as const satisfies Contract;

export const removeAvatarContract = {
  method: "DELETE",
  path: "/v1/users/{userId}/avatar",
  summary: "Remove one's avatar",
  source: "bkend: users, avatar",
  access: "member",
  params: userParams,
  notFound: "user/not-found",
  success: { status: 200, body: messageAnswer },
  errors: ["user/forbidden", "user/not-found"],
} as const satisfies Contract;
