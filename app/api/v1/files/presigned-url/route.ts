import { endpoint, route } from "@/lib/api/endpoint";
import { issueUploadContract } from "@/lib/files/contract";
import { issueFileUpload } from "@/lib/files/issue-file-upload";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(issueUploadContract, ({ body, user }) => issueFileUpload(body, user.id)),
});
