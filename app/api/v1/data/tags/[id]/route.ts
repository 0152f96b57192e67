import { endpoint, route } from "@/lib/api/endpoint";
import { deleteTagContract, getTagContract, updateTagContract } from "@/lib/tags/contract";
import { deleteTag } from "@/lib/tags/delete-tag";
import { getTag } from "@/lib/tags/get-tag";
import { updateTag } from "@/lib/tags/update-tag";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getTagContract, ({ params }) => getTag(params.id)),
  PATCH: endpoint(updateTagContract, ({ params, body, actor }) => updateTag(params.id, body, actor)),
  DELETE: endpoint(deleteTagContract, async ({ params, actor }) => {
    await deleteTag(params.id, actor);
    return { success: true } as const;
  }),
});
