import { endpoint, route } from "@/lib/api/endpoint";
import { issuePreviewLinkContract, revokePreviewLinksContract } from "@/lib/articles/contract";
import { issuePreviewLink, revokePreviewLinks } from "@/lib/articles/reading/preview-links";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(issuePreviewLinkContract, ({ params, actor }) => issuePreviewLink(params.id, actor)),
  DELETE: endpoint(revokePreviewLinksContract, async ({ params, actor }) => {
    await revokePreviewLinks(params.id, actor);
    return { success: true } as const;
  }),
});
