import { endpoint, route } from "@/lib/api/endpoint";
import { passwordResetContract } from "@/lib/auth/passwords/contract";
import { resetPassword } from "@/lib/auth/passwords/reset-password";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(passwordResetContract, async ({ body, client }) => {
    await resetPassword(body, client);
    return { message: answerMessage("passwordReset", client.locale) };
  }),
});
