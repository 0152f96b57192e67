import { endpoint, route } from "@/lib/api/endpoint";
import { createFileContract } from "@/lib/files/contract";
import { createFile } from "@/lib/files/create-file";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(createFileContract, ({ body, user }) => createFile(body, user.id)),
});
