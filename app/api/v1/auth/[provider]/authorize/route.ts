import { socialAuthorizeContract } from "@/lib/auth/social-contract";
import { beginTrip } from "@/lib/auth/social-trip";
import { endpoint, route } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(socialAuthorizeContract, ({ params, query }) => beginTrip(params.provider, query)),
});
