import { endpoint, route } from "@/lib/api/endpoint";
import { passkeySignInOptionsContract } from "@/lib/auth/passkeys/contract";
import { passkeyRequestOptions } from "@/lib/auth/passkeys/sign-in-with-passkey";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(passkeySignInOptionsContract, passkeyRequestOptions),
});
