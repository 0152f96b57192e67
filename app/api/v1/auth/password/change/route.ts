import { endpoint, route } from "@/lib/api/endpoint";
import { changePassword } from "@/lib/auth/passwords/change-password";
import { passwordChangeContract } from "@/lib/auth/passwords/contract";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(passwordChangeContract, async ({ body, user, client }) => {
    await changePassword(body, user, client);
    return { message: answerMessage("passwordChanged", client.locale) };
  }),
});
