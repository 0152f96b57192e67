import { endpoint, route } from "@/lib/http/endpoint";
import { openApiDocument } from "@/lib/http/openapi";
import { openApiContract } from "@/lib/http/openapi-contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(openApiContract, async () => openApiDocument()),
});
