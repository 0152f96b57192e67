import { z } from "zod";
import { type Contract, createdAt, isStorableText } from "@/lib/core/contract";
import { listQuery, pageOf } from "@/lib/lists/pagination";

/** The actions in the log. The part before the dot is the type of the target. */
export const auditActions = [
  "user.role-changed",
  "user.banned",
  "user.mfa-disabled",
  "user.unbanned",
  "user.profile-changed",
  "user.sessions-ended",
  "user.deleted",
  "article.changed",
  "article.taken-back",
  "article.deleted",
  "invitation.created",
  "invitation.revoked",
] as const;

export type AuditAction = (typeof auditActions)[number];

/** Details of an entry, by name: the name, title or address of the target at that time, a reason, roles. */
const auditDetails = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

export type AuditDetails = z.output<typeof auditDetails>;

const auditEntry = z
  .object({
    id: z.string().meta({ description: "The ID of the entry." }),
    action: z.enum(auditActions).meta({ description: "What was done." }),
    actorId: z
      .string()
      .nullable()
      .meta({ description: "Null for a secret key and for commands on the server." }),
    targetType: z.enum(["user", "article", "invitation"]).meta({ description: "What it was done to." }),
    targetId: z.string().meta({ description: "The ID of the user, article or invitation." }),
    details: auditDetails.meta({
      description: "Its name, title or address then, the reason, and what changed.",
    }),
    createdAt,
  })
  .meta({ id: "AuditEntry" });

export type AuditEntry = z.output<typeof auditEntry>;

const id = z.string().refine(isStorableText);

export const auditLogQuery = listQuery(["createdAt"]).extend({
  action: z.enum(auditActions).optional().meta({ description: "Only entries of this action." }),
  actorId: id.optional().meta({ description: "Only what this admin did." }),
  targetId: id.optional().meta({ description: "Only what was done to this user, article or invitation." }),
});

export type AuditLogQuery = z.output<typeof auditLogQuery>;

export const listAuditLogContract = {
  method: "GET",
  path: "/v1/audit-log",
  summary: "List what admins did to other users, their articles and invitations",
  source: "This blog's own: audit log",
  access: "member",
  query: auditLogQuery,
  success: { status: 200, body: pageOf(auditEntry) },
  errors: ["user/forbidden", "common/validation-error"],
} as const satisfies Contract;
