import { z } from "zod";
import { type Contract, createdAt, messageAnswer, timestamp } from "@/lib/core/contract";
import { emailAddress, name } from "@/lib/core/fields";
import { Role } from "@/lib/generated/prisma/enums";
import { listQuery, pageOf } from "@/lib/lists/pagination";

/** The states of an invitation. */
export const invitationStatuses = ["pending", "accepted", "expired", "revoked"] as const;

const role = z.enum(Role).meta({ description: "The role of the new account." });

const invitation = z
  .object({
    id: z.string().meta({ description: "The ID of the invitation." }),
    email: z.string().meta({ description: "The invited address." }),
    name: z.string().nullable().meta({ description: "The name of the new account." }),
    role,
    status: z.enum(invitationStatuses).meta({ description: "What became of it." }),
    expiresAt: timestamp.meta({ description: "When it expires." }),
    invitedBy: z.string().nullable().meta({ description: "Null for a secret key without a user." }),
    createdAt,
  })
  .meta({ id: "Invitation" });

export type Invitation = z.output<typeof invitation>;

const invitationInput = z.strictObject({
  email: emailAddress,
  name: name.optional(),
  role: role.default("user"),
});

export type InvitationInput = z.output<typeof invitationInput>;

/** The form that invites a person. An empty name counts as none. */
export const invitationForm = invitationInput.extend({
  name: z.preprocess((value) => (value === "" ? undefined : value), name.optional()),
});

export const createInvitationContract = {
  method: "POST",
  path: "/v1/auth/invitations",
  summary: "Invite a person by email to open an account: admins only",
  source: "bkend: authentication, invitations",
  access: "member",
  addressLimit: "mail",
  body: invitationInput,
  success: { status: 201, body: invitation },
  errors: ["auth/invalid-email", "auth/email-already-exists", "user/forbidden"],
} as const satisfies Contract;

export const invitationQuery = listQuery(["createdAt"])
  .pick({ page: true, limit: true })
  .extend({
    status: z.enum(invitationStatuses).optional().meta({ description: "Only invitations with this status." }),
  });

export type InvitationQuery = z.output<typeof invitationQuery>;

export const listInvitationsContract = {
  method: "GET",
  path: "/v1/auth/invitations",
  summary: "List invitations, newest first: admins only",
  source: "bkend: authentication, invitations",
  access: "member",
  query: invitationQuery,
  success: { status: 200, body: pageOf(invitation) },
  errors: ["user/forbidden"],
} as const satisfies Contract;

export const revokeInvitationContract = {
  method: "DELETE",
  path: "/v1/auth/invitations/{id}",
  summary: "Revoke an invitation: admins only",
  source: "bkend: authentication, invitations",
  access: "member",
  params: z.object({ id: z.uuid().meta({ description: "The ID of the invitation." }) }),
  notFound: "auth/invitation-not-found",
  success: { status: 200, body: messageAnswer },
  errors: ["auth/invitation-not-found", "auth/invitation-already-accepted", "user/forbidden"],
} as const satisfies Contract;
