"use server";

import { createFileContract, issueUploadContract } from "@/lib/files/contract";
import { createFile } from "@/lib/files/create-file";
import { issueFileUpload } from "@/lib/files/issue-file-upload";
import { imagePathOf } from "@/lib/images/image-path";
import { scriptAction } from "@/lib/web/forms/form-action";
import { requireCurrentUserOr401 } from "@/lib/web/session/browser-session";

/** Issues a signed URL to upload an image for an article. */
export const issueImageUploadAction = scriptAction(
  "issue-picture-upload",
  issueUploadContract.body.pick({ filename: true, contentType: true }),
  async (input) => {
    const user = await requireCurrentUserOr401();
    const { url, key } = await issueFileUpload({ ...input, visibility: "public" }, user.id);
    return { url, key };
  },
);

/** Registers the uploaded image as a public file, so that every reader of the article can see it. */
export const registerImageAction = scriptAction(
  "register-picture",
  createFileContract.body.omit({ visibility: true }),
  async (input) => {
    const user = await requireCurrentUserOr401();
    const { key } = await createFile({ ...input, visibility: "public" }, user.id);
    return { path: imagePathOf(key) };
  },
);
