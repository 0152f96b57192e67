import { endpoint, route } from "@/lib/api/endpoint";
import { issueAvatarUploadContract } from "@/lib/users/avatars/contract";
import { issueAvatarUpload } from "@/lib/users/avatars/issue-avatar-upload";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(issueAvatarUploadContract, ({ params, body, actor }) =>
    issueAvatarUpload(params.userId, body, actor),
  ),
});
