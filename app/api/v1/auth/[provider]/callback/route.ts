import { socialReturnContract, socialSignInContract } from "@/lib/auth/social-contract";
import { signInWithProvider } from "@/lib/auth/social-sign-in";
import { endTrip } from "@/lib/auth/social-trip";
import { endpoint, route } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(socialReturnContract, ({ params, query, client }) => endTrip(params.provider, query, client)),
  POST: endpoint(socialSignInContract, ({ params, body, client }) =>
    signInWithProvider(params.provider, body, client),
  ),
});
