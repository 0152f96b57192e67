import { passwordResetContract } from "@/lib/auth/password-contract";
import { resetPassword } from "@/lib/auth/password-reset";
import { endpoint, route } from "@/lib/http/endpoint";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(passwordResetContract, async ({ body, client }) => {
    await resetPassword(body, client);
    return { message: answerMessage("passwordReset", client.locale) };
  }),
});
