import { endpoint, route } from "@/lib/api/endpoint";
import { magicLinkContract } from "@/lib/auth/contract";
import { signInByLink } from "@/lib/auth/magic-link";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(magicLinkContract, ({ body, client }) => signInByLink(body, client)),
});
