"use server";

import { createFileContract, issueUploadContract } from "@/lib/files/contract";
import { createFile } from "@/lib/files/create-file";
import { issueFileUpload } from "@/lib/files/issue-file-upload";
import { imagePathOf } from "@/lib/images/image-path";
import { scriptAction } from "@/lib/web/forms/form-action";
import { requireCurrentUserOr401 } from "@/lib/web/session/browser-session";

/** Makes an address to upload a picture for an article to. */
export const issueImageUploadAction = scriptAction(
  "issue-picture-upload",
  issueUploadContract.body.pick({ filename: true, contentType: true }),
  async (input) => {
    const user = await requireCurrentUserOr401();
    const { url, key } = await issueFileUpload({ ...input, visibility: "public" }, user.id);
    return { url, key };
  },
);

/** Puts the picture that was uploaded there to use: everybody who reads the article is to see it. */
export const registerImageAction = scriptAction(
  "register-picture",
  createFileContract.body.omit({ visibility: true }),
  async (input) => {
    const user = await requireCurrentUserOr401();
    const { key } = await createFile({ ...input, visibility: "public" }, user.id);
    return { path: imagePathOf(key) };
  },
);
