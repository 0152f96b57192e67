import { endpoint, route } from "@/lib/api/endpoint";
import { emailVerifyResendContract } from "@/lib/auth/email/contract";
import { sendAddressVerification } from "@/lib/auth/email/email-verification";
import { afterResponse } from "@/lib/email/after-response";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(emailVerifyResendContract, async ({ body, user, client }) => {
    afterResponse(await sendAddressVerification(body, user));
    return { message: answerMessage("verificationSent", client.locale), email: body.email };
  }),
});
