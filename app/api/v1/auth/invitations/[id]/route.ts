import { endpoint, route } from "@/lib/api/endpoint";
import { revokeInvitationContract } from "@/lib/auth/invitations/contract";
import { revokeInvitation } from "@/lib/auth/invitations/invitations";
import { answerMessage } from "@/lib/i18n/translate";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: endpoint(revokeInvitationContract, async ({ params, actor, client }) => {
    await revokeInvitation(params.id, actor, client);
    return { message: answerMessage("invitationRevoked", client.locale) };
  }),
});
