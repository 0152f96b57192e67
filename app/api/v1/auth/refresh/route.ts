import { refreshContract } from "@/lib/auth/contract";
import { refresh } from "@/lib/auth/refresh";
import { endpoint, route } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(refreshContract, ({ body, client }) => refresh(body, client)),
});
