import { z } from "zod";
import { type Contract, messageAnswer, timestamp } from "@/lib/core/contract";
import { imageUrl } from "@/lib/images/image-url";
import { listQuery, pageOf } from "@/lib/lists/pagination";

export const tokenPair = z
  .object({
    accessToken: z.string(),
    refreshToken: z.string(),
    tokenType: z.literal("Bearer"),
    expiresIn: z.int().meta({ description: "Seconds until the access token expires." }),
  })
  .meta({ id: "TokenPair" });

export type TokenPair = z.output<typeof tokenPair>;

const refreshInput = z.strictObject({ refreshToken: z.string() });

export type RefreshInput = z.output<typeof refreshInput>;

export const refreshContract = {
  method: "POST",
  path: "/v1/auth/refresh",
  summary: "Trade a refresh token for new tokens",
  source: "bkend: authentication, token refresh; RFC 9700, section 4.14",
  access: "public",
  body: refreshInput,
  success: { status: 200, body: tokenPair },
  errors: ["auth/invalid-refresh-token", "auth/account-banned", "auth/too-many-requests"],
} as const satisfies Contract;

export const me = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    emailVerified: z.boolean(),
    mfaEnabled: z.boolean().meta({ description: "Whether a second factor is on." }),
    role: z.enum(["admin", "user", "guest"]),
    image: imageUrl.nullable(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: "Me" });

export const meContract = {
  method: "GET",
  path: "/v1/auth/me",
  summary: "Who is signed in",
  source: "bkend: authentication, my account",
  access: "user",
  success: { status: 200, body: me },
  errors: [],
} as const satisfies Contract;

export const signOutContract = {
  method: "POST",
  path: "/v1/auth/signout",
  summary: "Sign out: both tokens of the session are dead",
  source: "bkend: authentication, sign-out",
  access: "user",
  success: { status: 200, body: messageAnswer },
  errors: [],
} as const satisfies Contract;

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
