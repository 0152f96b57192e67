import { endpoint, route } from "@/lib/api/endpoint";
import { signUpResendContract } from "@/lib/auth/email/contract";
import { resendSignUpVerification } from "@/lib/auth/email/email-verification";
import { afterResponse } from "@/lib/email/after-response";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(signUpResendContract, async ({ body, client }) => {
    afterResponse(await resendSignUpVerification(body));
    return { message: answerMessage("verificationSent", client.locale), email: body.email };
  }),
});
