import { z } from "zod";
import { type Contract, isStorableText, timestamp } from "@/lib/core/contract";
import { listQuery, pageOf } from "@/lib/lists/pagination";

/** What the log records. The part before the dot is the type of the target. */
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
] as const;

export type AuditAction = (typeof auditActions)[number];

/** More about an entry, by name: the name or title of the target at that time, a reason, a role before and after. */
const auditDetails = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

export type AuditDetails = z.output<typeof auditDetails>;

const auditEntry = z
  .object({
    id: z.string(),
    action: z.enum(auditActions),
    actorId: z
      .string()
      .nullable()
      .meta({ description: "Null for a secret key and for commands on the server." }),
    targetType: z.enum(["user", "article"]),
    targetId: z.string(),
    details: auditDetails,
    createdAt: timestamp,
  })
  .meta({ id: "AuditEntry" });

export type AuditEntry = z.output<typeof auditEntry>;

const id = z.string().refine(isStorableText);

export const auditLogQuery = listQuery(["createdAt"]).extend({
  action: z.enum(auditActions).optional(),
  actorId: id.optional(),
  targetId: id.optional(),
});

export type AuditLogQuery = z.output<typeof auditLogQuery>;

export const listAuditLogContract = {
  method: "GET",
  path: "/v1/audit-log",
  summary: "List what admins did to other users and their articles",
  source: "Blog contract, audit log",
  access: "member",
  query: auditLogQuery,
  success: { status: 200, body: pageOf(auditEntry) },
  errors: ["user/forbidden", "common/validation-error"],
} as const satisfies Contract;
