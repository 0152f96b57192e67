import { passwordResetRequestContract } from "@/lib/auth/password-contract";
import { requestPasswordReset } from "@/lib/auth/password-reset";
import { afterAnswer } from "@/lib/http/after-answer";
import { endpoint, route } from "@/lib/http/endpoint";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(passwordResetRequestContract, async ({ body, client }) => {
    afterAnswer(await requestPasswordReset(body));
    return { message: answerMessage("passwordResetRequested", client.locale) };
  }),
});
