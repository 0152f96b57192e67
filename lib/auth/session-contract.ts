import { z } from "zod";
import { type Contract, messageAnswer, timestamp } from "@/lib/http/contract";
import { listQuery, pageOf } from "@/lib/http/pagination";

const session = z
  .object({
    id: z.string(),
    userId: z.string(),
    userAgent: z.string().nullable(),
    ipAddress: z.string().nullable(),
    deviceInfo: z.string().nullable().meta({ description: "Browser and system, such as Firefox on Linux." }),
    lastActivityAt: timestamp,
    createdAt: timestamp,
    current: z.boolean().meta({ description: "Whether it is the one that asks." }),
  })
  .meta({ id: "Session" });

export type ListedSession = z.output<typeof session>;

const query = listQuery(["createdAt"]).pick({ page: true, limit: true });

export type SessionListQuery = z.output<typeof query>;

export const listSessionsContract = {
  method: "GET",
  path: "/v1/auth/sessions",
  summary: "Where one is signed in",
  source: "bkend: authentication, sessions",
  access: "user",
  query,
  success: { status: 200, body: pageOf(session) },
  errors: ["common/validation-error"],
} as const satisfies Contract;

export const endSessionContract = {
  method: "DELETE",
  path: "/v1/auth/sessions/{id}",
  summary: "Sign one device out",
  source: "bkend: authentication, sessions",
  access: "user",
  params: z.object({ id: z.uuid() }),
  notFound: "auth/session-not-found",
  success: { status: 200, body: messageAnswer },
  errors: ["auth/session-not-found"],
} as const satisfies Contract;
