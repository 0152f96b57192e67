import { endpoint, route } from "@/lib/api/endpoint";
import { refreshContract } from "@/lib/auth/sessions/contract";
import { refresh } from "@/lib/auth/sessions/refresh";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(refreshContract, ({ body, client }) => refresh(body, client)),
});
