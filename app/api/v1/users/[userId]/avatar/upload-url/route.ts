import { endpoint, route } from "@/lib/http/endpoint";
import { issueAvatarUploadContract } from "@/lib/users/avatar-contract";
import { issueAvatarUpload } from "@/lib/users/issue-avatar-upload";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(issueAvatarUploadContract, ({ params, body, actor }) =>
    issueAvatarUpload(params.userId, body, actor),
  ),
});
