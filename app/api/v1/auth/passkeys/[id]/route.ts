import { endpoint, route } from "@/lib/api/endpoint";
import { removePasskeyContract, renamePasskeyContract } from "@/lib/auth/passkeys/contract";
import { removePasskey, renamePasskey } from "@/lib/auth/passkeys/passkeys";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  PATCH: endpoint(renamePasskeyContract, ({ params, body, user }) => renamePasskey(params.id, body, user)),
  DELETE: endpoint(removePasskeyContract, async ({ params, user, client }) => {
    await removePasskey(params.id, user, client);
    return { message: answerMessage("passkeyRemoved", client.locale) };
  }),
});
