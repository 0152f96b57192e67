import { endpoint, route } from "@/lib/api/endpoint";
import { passkeySignInContract } from "@/lib/auth/passkeys/contract";
import { signInWithPasskey } from "@/lib/auth/passkeys/sign-in-with-passkey";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(passkeySignInContract, ({ body, client }) => signInWithPasskey(body.response, client)),
});
