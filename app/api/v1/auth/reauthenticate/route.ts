import { reauthenticateContract } from "@/lib/auth/password-contract";
import { reauthenticate } from "@/lib/auth/reauthenticate";
import { endpoint, route } from "@/lib/http/endpoint";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(reauthenticateContract, async ({ body, user, client }) => {
    await reauthenticate(body, user, client);
    return { message: answerMessage("reauthenticated", client.locale) };
  }),
});
