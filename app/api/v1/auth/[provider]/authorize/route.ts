import { authorize } from "@/lib/auth/oauth-flow";
import { socialAuthorizeContract } from "@/lib/auth/social-contract";
import { endpoint, route } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(socialAuthorizeContract, ({ params, query }) => authorize(params.provider, query)),
});
