import { endpoint, route } from "@/lib/api/endpoint";
import { unlinkAccountContract } from "@/lib/auth/social/contract";
import { unlinkAccount } from "@/lib/auth/social/linked-accounts";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: endpoint(unlinkAccountContract, async ({ params, user, client }) => {
    await unlinkAccount(params.provider, user, client);
    return { message: answerMessage("accountUnlinked", client.locale) };
  }),
});
