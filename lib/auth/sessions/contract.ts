import { z } from "zod";
import { type Contract, createdAt, messageAnswer, timestamp, updatedAt } from "@/lib/core/contract";
import { imageUrl } from "@/lib/images/image-url";
import { listQuery, pageOf } from "@/lib/lists/pagination";

export const tokenPair = z
  .object({
    accessToken: z.string().meta({ description: "A JWT for the `Authorization` header." }),
    refreshToken: z.string().meta({ description: "An opaque token that gets the next pair, once." }),
    tokenType: z.literal("Bearer").meta({ description: "Always `Bearer`." }),
    expiresIn: z.int().meta({ description: "Seconds until the access token expires." }),
  })
  .meta({ id: "TokenPair" });

export type TokenPair = z.output<typeof tokenPair>;

const refreshInput = z.strictObject({
  refreshToken: z.string().meta({ description: "The latest refresh token of the session." }),
});

export type RefreshInput = z.output<typeof refreshInput>;

export const refreshContract = {
  method: "POST",
  path: "/v1/auth/refresh",
  summary: "Refresh the tokens; the previous refresh token stops working",
  source: "bkend: authentication, token refresh; RFC 9700, section 4.14",
  access: "public",
  body: refreshInput,
  success: { status: 200, body: tokenPair },
  errors: ["auth/invalid-refresh-token", "auth/account-banned", "auth/too-many-requests"],
} as const satisfies Contract;

export const me = z
  .object({
    id: z.string().meta({ description: "The ID of the user." }),
    email: z.string().meta({ description: "The email address." }),
    name: z.string().meta({ description: "The name that others see." }),
    emailVerified: z.boolean().meta({ description: "Whether the email address is confirmed." }),
    mfaEnabled: z.boolean().meta({ description: "Whether a second factor is on." }),
    role: z
      .enum(["admin", "user", "guest"])
      .meta({ description: "What the user may do. A `guest` writes neither articles nor tags." }),
    image: imageUrl.nullable().meta({ description: "The URL of the avatar." }),
    createdAt,
    updatedAt,
  })
  .meta({ id: "Me" });

export const meContract = {
  method: "GET",
  path: "/v1/auth/me",
  summary: "Get the signed-in user",
  source: "bkend: authentication, my account",
  access: "user",
  success: { status: 200, body: me },
  errors: [],
} as const satisfies Contract;

export const signOutContract = {
  method: "POST",
  path: "/v1/auth/signout",
  summary: "Sign out and revoke both tokens",
  source: "bkend: authentication, sign-out",
  access: "user",
  success: { status: 200, body: messageAnswer },
  errors: [],
} as const satisfies Contract;

const session = z
  .object({
    id: z.string().meta({ description: "The ID of the session." }),
    userId: z.string().meta({ description: "The ID of the user." }),
    userAgent: z.string().nullable().meta({ description: "The `User-Agent` header of the sign-in." }),
    ipAddress: z.string().nullable().meta({ description: "The IP address of the sign-in." }),
    deviceInfo: z
      .string()
      .nullable()
      .meta({ description: "Browser and operating system, such as Firefox on Linux." }),
    lastActivityAt: timestamp.meta({ description: "When the session was last used." }),
    createdAt: timestamp.meta({ description: "When the user signed in." }),
    current: z.boolean().meta({ description: "Whether this is the session of the request." }),
  })
  .meta({ id: "Session" });

export type ListedSession = z.output<typeof session>;

const query = listQuery(["createdAt"]).pick({ page: true, limit: true });

export type SessionListQuery = z.output<typeof query>;

export const listSessionsContract = {
  method: "GET",
  path: "/v1/auth/sessions",
  summary: "List your sessions",
  source: "bkend: authentication, sessions",
  access: "user",
  query,
  success: { status: 200, body: pageOf(session) },
  errors: ["common/validation-error"],
} as const satisfies Contract;

export const endSessionContract = {
  method: "DELETE",
  path: "/v1/auth/sessions/{id}",
  summary: "Sign out one session",
  source: "bkend: authentication, sessions",
  access: "user",
  params: z.object({ id: z.uuid().meta({ description: "The ID of the session." }) }),
  notFound: "auth/session-not-found",
  success: { status: 200, body: messageAnswer },
  errors: ["auth/session-not-found"],
} as const satisfies Contract;
