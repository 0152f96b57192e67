import { endpoint, route } from "@/lib/api/endpoint";
import { authorize } from "@/lib/api/social/oauth-redirects";
import { socialAuthorizeContract } from "@/lib/auth/social/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(socialAuthorizeContract, ({ params, query }) => authorize(params.provider, query)),
});
