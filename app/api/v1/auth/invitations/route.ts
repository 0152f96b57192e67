import { endpoint, route } from "@/lib/api/endpoint";
import { createInvitationContract, listInvitationsContract } from "@/lib/auth/invitations/contract";
import { createInvitation, listInvitations } from "@/lib/auth/invitations/invitations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listInvitationsContract, ({ query, actor }) => listInvitations(query, actor)),
  POST: endpoint(createInvitationContract, ({ body, actor, client }) =>
    createInvitation(body, actor, client),
  ),
});
