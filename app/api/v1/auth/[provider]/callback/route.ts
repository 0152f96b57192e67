import { endpoint, route } from "@/lib/api/endpoint";
import { authorizeCallback } from "@/lib/api/social/oauth-redirects";
import { socialReturnContract, socialSignInContract } from "@/lib/auth/social/contract";
import { signInWithProvider } from "@/lib/auth/social/social-sign-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(socialReturnContract, ({ params, query, client }) =>
    authorizeCallback(params.provider, query, client),
  ),
  POST: endpoint(socialSignInContract, ({ params, body, client }) =>
    signInWithProvider(params.provider, body, client),
  ),
});
