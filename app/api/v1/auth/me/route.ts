import { endpoint, route } from "@/lib/api/endpoint";
import { meContract } from "@/lib/auth/sessions/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(meContract, async ({ user }) => user),
});
