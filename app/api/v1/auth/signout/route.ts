import { endpoint, route } from "@/lib/api/endpoint";
import { signOutContract } from "@/lib/auth/sessions/contract";
import { signOut } from "@/lib/auth/sign-out";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(signOutContract, async ({ user, client }) => {
    await signOut(user, client);
    return { message: answerMessage("signedOut", client.locale) };
  }),
});
