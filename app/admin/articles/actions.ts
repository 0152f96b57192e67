"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { actorOf } from "@/lib/access/actor";
import { moderation } from "@/lib/admin/contract";
import { getArticleContract } from "@/lib/articles/contract";
import { deleteArticle } from "@/lib/articles/delete-article";
import { updateArticle } from "@/lib/articles/update-article";
import { adminAction } from "../require-admin-or-404";

const input = getArticleContract.params.extend(moderation.shape).extend({
  deed: z.enum(["unpublished", "deleted"]).meta({ description: "The button that was pressed." }),
});

/** Makes an article a draft again, or deletes it, and emails the author the reason. */
export const moderateArticleAction = adminAction(
  "admin-moderate-article",
  input,
  async ({ id, updatedAt, reason, deed }, admin) => {
    const options = { unchangedSince: updatedAt, reason };
    if (deed === "deleted") await deleteArticle(id, actorOf(admin), options);
    else await updateArticle(id, { isPublished: false }, actorOf(admin), options);
    redirect(`/admin/articles?done=${deed}`);
  },
);
