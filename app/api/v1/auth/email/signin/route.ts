import { endpoint, route } from "@/lib/api/endpoint";
import { signInContract } from "@/lib/auth/contract";
import { requestMagicLink } from "@/lib/auth/magic-link";
import { signIn } from "@/lib/auth/sign-in";
import { afterResponse } from "@/lib/email/after-response";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(signInContract, async ({ body, client }) => {
    if (body.method === "password") return signIn(body, client);
    afterResponse(await requestMagicLink(body, client));
    return { message: answerMessage("magicLinkSent", client.locale), email: body.email };
  }),
});
