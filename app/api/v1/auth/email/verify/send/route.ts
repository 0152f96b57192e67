import { emailVerifySendContract } from "@/lib/auth/email-contract";
import { sendAddressVerification } from "@/lib/auth/email-verification";
import { afterAnswer } from "@/lib/http/after-answer";
import { endpoint, route } from "@/lib/http/endpoint";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(emailVerifySendContract, async ({ body, user, client }) => {
    afterAnswer(await sendAddressVerification(body, user));
    return { message: answerMessage("verificationSent", client.locale), email: body.email };
  }),
});
