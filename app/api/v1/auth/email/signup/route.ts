import { endpoint, route } from "@/lib/api/endpoint";
import { signUpContract } from "@/lib/auth/contract";
import { requestMagicLink } from "@/lib/auth/magic-link";
import { signUp } from "@/lib/auth/sign-up";
import { afterResponse } from "@/lib/email/after-response";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(signUpContract, async ({ body, client }) => {
    if (body.method === "password") return signUp(body, client);
    afterResponse(await requestMagicLink(body, client));
    return { message: answerMessage("magicLinkSent", client.locale), email: body.email };
  }),
});
