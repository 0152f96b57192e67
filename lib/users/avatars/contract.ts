import { z } from "zod";
import { type Contract, messageAnswer } from "@/lib/core/contract";
import { userParams } from "@/lib/core/fields";
import { fileName, imageType, issuedUpload } from "@/lib/files/uploads/contract";
import { imageTypeOfName } from "@/lib/images/image-types";
import { imageUrl } from "@/lib/images/image-url";

/** Without a `contentType`, the file name determines the type. */
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
  summary: "Get a signed URL to upload an avatar",
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
  summary: "Set an uploaded image as avatar",
  source: "bkend: users, avatar",
  access: "member",
  params: userParams,
  notFound: "user/not-found",
  body: z.strictObject({
    s3Key: z.string().meta({ description: "The key that the upload URL was issued with." }),
  }),
  success: {
    status: 200,
    body: z.object({ image: imageUrl.meta({ description: "The URL of the avatar." }) }),
  },
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
  summary: "Remove the avatar",
  source: "bkend: users, avatar",
  access: "member",
  params: userParams,
  notFound: "user/not-found",
  success: { status: 200, body: messageAnswer },
  errors: ["user/forbidden", "user/not-found"],
} as const satisfies Contract;
