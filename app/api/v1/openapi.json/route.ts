import { endpoint, route } from "@/lib/api/endpoint";
import { openApiDocument } from "@/lib/api/openapi";
import { openApiContract } from "@/lib/api/openapi-contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(openApiContract, async () => openApiDocument()),
});
