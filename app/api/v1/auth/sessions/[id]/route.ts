import { endpoint, route } from "@/lib/api/endpoint";
import { endSessionContract } from "@/lib/auth/sessions/contract";
import { endOwnSession } from "@/lib/auth/sessions/list-sessions";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: endpoint(endSessionContract, async ({ params, user, client }) => {
    await endOwnSession(params.id, user, client);
    return { message: answerMessage("sessionEnded", client.locale) };
  }),
});
