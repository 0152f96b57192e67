import { endpoint, route } from "@/lib/api/endpoint";
import { createTagContract, listTagsContract } from "@/lib/tags/contract";
import { createTag } from "@/lib/tags/create-tag";
import { listTags } from "@/lib/tags/list-tags";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listTagsContract, ({ query }) => listTags(query)),
  POST: endpoint(createTagContract, ({ body, user, actor }) => createTag(body, user.id, actor)),
});
