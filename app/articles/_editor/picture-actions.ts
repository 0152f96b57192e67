"use server";

import { requireFormUser } from "@/lib/auth/web-session";
import { createFileContract, issueUploadContract } from "@/lib/files/contract";
import { createFile } from "@/lib/files/create-file";
import { imagePathOf } from "@/lib/files/image-path";
import { issueFileUpload } from "@/lib/files/issue-file-upload";
import { scriptAction } from "@/lib/form";

/** Makes an address to upload a picture for an article to. */
export const issuePictureUploadAction = scriptAction(
  "issue-picture-upload",
  issueUploadContract.body.pick({ filename: true, contentType: true }),
  async (input) => {
    const user = await requireFormUser();
    const { url, key } = await issueFileUpload({ ...input, visibility: "public" }, user.id);
    return { url, key };
  },
);

/** Puts the picture that was uploaded there to use: everybody who reads the article is to see it. */
export const registerPictureAction = scriptAction(
  "register-picture",
  createFileContract.body.omit({ visibility: true }),
  async (input) => {
    const user = await requireFormUser();
    const { key } = await createFile({ ...input, visibility: "public" }, user.id);
    return { path: imagePathOf(key) };
  },
);
