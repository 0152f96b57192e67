import { issueUploadContract } from "@/lib/files/contract";
import { issueFileUpload } from "@/lib/files/issue-file-upload";
import { endpoint, route } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(issueUploadContract, ({ body, user }) => issueFileUpload(body, user.id)),
});
