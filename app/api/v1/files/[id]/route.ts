import { endpoint, route } from "@/lib/api/endpoint";
import { deleteFileContract, getFileContract } from "@/lib/files/contract";
import { deleteFile } from "@/lib/files/delete-file";
import { getFile } from "@/lib/files/get-file";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getFileContract, ({ params, actor }) => getFile(params.id, actor)),
  DELETE: endpoint(deleteFileContract, async ({ params, actor }) => {
    await deleteFile(params.id, actor);
    return { success: true } as const;
  }),
});
