import { endpoint, route } from "@/lib/api/endpoint";
import { passkeyCreationOptions } from "@/lib/auth/passkeys/add-passkey";
import { passkeyOptionsContract } from "@/lib/auth/passkeys/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(passkeyOptionsContract, ({ user, client }) => passkeyCreationOptions(user, client)),
});
