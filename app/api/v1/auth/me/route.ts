import { meContract } from "@/lib/auth/contract";
import { endpoint, route } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(meContract, async ({ user }) => user),
});
