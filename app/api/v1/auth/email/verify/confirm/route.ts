import { endpoint, route } from "@/lib/api/endpoint";
import { emailVerifyConfirmContract } from "@/lib/auth/email/contract";
import { confirmAddress } from "@/lib/auth/email/email-verification";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(emailVerifyConfirmContract, async ({ body, client }) => {
    await confirmAddress(body, client);
    return { message: answerMessage("emailVerified", client.locale), verified: true } as const;
  }),
});
