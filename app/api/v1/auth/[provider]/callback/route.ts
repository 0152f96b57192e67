import { authorizeCallback } from "@/lib/auth/oauth-flow";
import { socialReturnContract, socialSignInContract } from "@/lib/auth/social-contract";
import { signInWithProvider } from "@/lib/auth/social-sign-in";
import { endpoint, route } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(socialReturnContract, ({ params, query, client }) =>
    authorizeCallback(params.provider, query, client),
  ),
  POST: endpoint(socialSignInContract, ({ params, body, client }) =>
    signInWithProvider(params.provider, body, client),
  ),
});
