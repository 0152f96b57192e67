import { bytesEndpoint, route } from "@/lib/api/endpoint";
import { receiveUpload } from "@/lib/files/receive-upload";
import { serveFile } from "@/lib/files/serve-file";
import { receiveUploadContract, serveFileContract } from "@/lib/files/uploads/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: bytesEndpoint(
    serveFileContract,
    ({ params, query, request }) => serveFile(params.key, query, request),
    {
      isUnlimited: true,
    },
  ),
  PUT: bytesEndpoint(receiveUploadContract, async ({ params, query, request }) => {
    await receiveUpload(params.key, query, request);
    return Response.json({ key: params.key }, { headers: { "Cache-Control": "no-store" } });
  }),
});
