import { changePassword } from "@/lib/auth/password-change";
import { passwordChangeContract } from "@/lib/auth/password-contract";
import { endpoint, route } from "@/lib/http/endpoint";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(passwordChangeContract, async ({ body, user, client }) => {
    await changePassword(body, user, client);
    return { message: answerMessage("passwordChanged", client.locale) };
  }),
});
