import { endpoint, route } from "@/lib/api/endpoint";
import { downloadFileContract } from "@/lib/files/contract";
import { downloadFile } from "@/lib/files/download-file";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(downloadFileContract, ({ params, actor }) => downloadFile(params.id, actor)),
});
