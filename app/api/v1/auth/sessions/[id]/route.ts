import { endOwnSession } from "@/lib/auth/list-sessions";
import { endSessionContract } from "@/lib/auth/session-contract";
import { endpoint, route } from "@/lib/http/endpoint";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: endpoint(endSessionContract, async ({ params, user, client }) => {
    await endOwnSession(params.id, user, client);
    return { message: answerMessage("sessionEnded", client.locale) };
  }),
});
