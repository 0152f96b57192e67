"use server";

import { redirect } from "next/navigation";
import { actorOf } from "@/lib/access/actor";
import {
  createInvitationContract,
  invitationForm,
  revokeInvitationContract,
} from "@/lib/auth/invitations/contract";
import { createInvitation, revokeInvitation } from "@/lib/auth/invitations/invitations";
import { currentClient } from "@/lib/web/session/browser-session";
import { adminAction } from "../require-admin-or-404";

/** Invites a user by email, or again with a new link. */
export const inviteAction = adminAction(
  "admin-invite",
  invitationForm,
  async (input, admin) => {
    await createInvitation(input, actorOf(admin), await currentClient());
    redirect("/admin/invitations?done=invited");
  },
  { addressLimit: createInvitationContract.addressLimit },
);

/** Revokes an invitation that was not accepted. */
export const revokeInvitationAction = adminAction(
  "admin-revoke-invitation",
  revokeInvitationContract.params,
  async ({ id }, admin) => {
    await revokeInvitation(id, actorOf(admin), await currentClient());
    redirect("/admin/invitations?done=revoked");
  },
);
