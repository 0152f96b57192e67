import { endpoint, route } from "@/lib/api/endpoint";
import { passwordResetRequestContract } from "@/lib/auth/passwords/contract";
import { requestPasswordReset } from "@/lib/auth/passwords/reset-password";
import { afterResponse } from "@/lib/email/after-response";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(passwordResetRequestContract, async ({ body, client }) => {
    afterResponse(await requestPasswordReset(body));
    return { message: answerMessage("passwordResetRequested", client.locale) };
  }),
});
