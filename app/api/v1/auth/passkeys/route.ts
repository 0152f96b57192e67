import { endpoint, route } from "@/lib/api/endpoint";
import { addPasskey } from "@/lib/auth/passkeys/add-passkey";
import { addPasskeyContract, listPasskeysContract } from "@/lib/auth/passkeys/contract";
import { listPasskeys } from "@/lib/auth/passkeys/passkeys";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listPasskeysContract, ({ query, user }) => listPasskeys(query, user)),
  POST: endpoint(addPasskeyContract, ({ body, user, client }) => addPasskey(body, user, client)),
});
