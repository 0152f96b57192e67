import { endpoint, route } from "@/lib/api/endpoint";
import { reauthenticateContract } from "@/lib/auth/passwords/contract";
import { reauthenticate } from "@/lib/auth/passwords/reauthenticate";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(reauthenticateContract, async ({ body, user, client }) => {
    await reauthenticate(body, user, client);
    return { message: answerMessage("reauthenticated", client.locale) };
  }),
});
