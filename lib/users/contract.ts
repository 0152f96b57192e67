import { z } from "zod";
import { me } from "@/lib/auth/sessions/contract";
import { type Contract, isHttpsAddress, label, messageAnswer, text } from "@/lib/core/contract";
import { name, userParams } from "@/lib/core/fields";
import { listQuery, pageOf } from "@/lib/lists/pagination";

/** In code points. */
export const profileLimits = { nickname: 50, bio: 500 } as const;

/** In code points. */
const maxSearchLength = 200;

/** The social networks of a profile, with names that need no translation. */
export const socialNetworks = { github: "GitHub", twitter: "X", linkedin: "LinkedIn" } as const;

const link = z
  .string()
  .trim()
  .max(500, "httpsAddress")
  .refine(isHttpsAddress, "httpsAddress")
  .nullable()
  .meta({ format: "uri" });

const socialLinks = z.strictObject({
  github: link.meta({ description: "The URL of the GitHub profile." }),
  twitter: link.meta({ description: "The URL of the X profile." }),
  linkedin: link.meta({ description: "The URL of the LinkedIn profile." }),
});

export type SocialLinks = z.output<typeof socialLinks>;

/** The fields that every signed-in user can see. */
const publicUser = z.object({
  id: me.shape.id,
  name: me.shape.name,
  nickname: z.string().nullable().meta({ description: "The nickname." }),
  image: me.shape.image,
  bio: z.string().nullable().meta({ description: "A few sentences about the user." }),
  socialLinks: socialLinks.nullable().meta({ description: "The URLs of the user's profiles elsewhere." }),
  createdAt: me.shape.createdAt,
});

/** A user. Fields that the caller may not see are absent. */
const user = publicUser
  .extend(
    me.pick({ email: true, emailVerified: true, mfaEnabled: true, role: true, updatedAt: true }).partial()
      .shape,
  )
  .extend({
    banned: z
      .boolean()
      .optional()
      .meta({ description: "Whether the account is suspended. Only admins see it." }),
  })
  .meta({ id: "User" });

export type User = z.output<typeof user>;

const userPatch = z
  .strictObject({
    name,
    nickname: label({ min: 1, max: profileLimits.nickname })
      .nullable()
      .meta({ description: "The nickname." }),
    bio: text({ max: profileLimits.bio }).nullable().meta({ description: "A few sentences about the user." }),
    socialLinks: socialLinks
      .partial()
      .nullable()
      .meta({ description: "The URLs of the user's profiles elsewhere." }),
    image: z
      .string()
      .nullable()
      .meta({ description: "The key of an image that was uploaded as avatar, or a URL. `null` removes it." }),
    role: me.shape.role,
    banned: z.boolean().meta({ description: "Whether the account is suspended. Only for admins." }),
    mfaEnabled: z.literal(false).meta({ description: "Takes the second factor off. Only for admins." }),
  })
  .partial();

export type UserPatch = z.output<typeof userPatch>;

/** The profile form. Empty fields are cleared. */
export const profileForm = z.object({
  name,
  nickname: emptyAsNull(userPatch.shape.nickname.unwrap().unwrap()),
  bio: emptyAsNull(userPatch.shape.bio.unwrap().unwrap()),
  github: emptyAsNull(link.unwrap()),
  twitter: emptyAsNull(link.unwrap()),
  linkedin: emptyAsNull(link.unwrap()),
});

/** The deletion form. The user confirms by typing their email address. */
export const deleteAccountForm = z.object({ email: z.string().trim().toLowerCase() });

export const roles = me.shape.role.options;

const roleInput = z.strictObject({
  role: z.enum(roles, "user/invalid-role").meta({ description: "The new role." }),
});

export const userListQuery = listQuery(["createdAt", "updatedAt", "name", "email", "role"]).extend({
  search: text({ max: maxSearchLength, trim: true })
    .default("")
    .meta({ description: "A part of a name, nickname or address." }),
  searchType: z
    .enum(["name", "nickname", "email"])
    .optional()
    .meta({ description: "Where to search; in any of them by default." }),
  role: me.shape.role.optional(),
  banned: z
    .enum(["true", "false"])
    .transform((banned) => banned === "true")
    .optional()
    .meta({ description: "Only users who are banned, or who are not." }),
});

export type UserListQuery = z.output<typeof userListQuery>;

export const listUsersContract = {
  method: "GET",
  path: "/v1/users",
  summary: "List and search users, as an admin",
  source: "bkend: users, list",
  access: "member",
  query: userListQuery,
  success: { status: 200, body: pageOf(user) },
  errors: ["user/forbidden", "common/validation-error"],
} as const satisfies Contract;

export const changeRoleContract = {
  method: "PATCH",
  path: "/v1/users/{userId}/role",
  summary: "Change the role of a user, as an admin",
  source: "bkend: users, role",
  access: "member",
  params: userParams,
  notFound: "user/not-found",
  body: roleInput,
  success: { status: 200, body: user },
  errors: [
    "user/forbidden",
    "user/not-found",
    "user/invalid-role",
    "user/last-admin",
    "common/validation-error",
  ],
} as const satisfies Contract;

export const getUserContract = {
  method: "GET",
  path: "/v1/users/{userId}",
  summary: "Get a user: the full profile of yourself, the public profile of others",
  source: "bkend: users, get one",
  access: "member",
  params: userParams,
  notFound: "user/not-found",
  success: { status: 200, body: user },
  errors: ["user/not-found"],
} as const satisfies Contract;

export const updateUserContract = {
  method: "PATCH",
  path: "/v1/users/{userId}",
  summary: "Update your profile; admins can also change roles and suspend accounts",
  source: "bkend: users, update",
  access: "member",
  params: userParams,
  notFound: "user/not-found",
  body: userPatch,
  success: { status: 200, body: user },
  errors: [
    "user/forbidden",
    "user/not-found",
    "user/last-admin",
    "common/validation-error",
    "file/not-found",
    "file/invalid-format",
    "file/file-too-large",
    "file/quota-exceeded",
  ],
} as const satisfies Contract;

export const deleteUserContract = {
  method: "DELETE",
  path: "/v1/users/{userId}",
  summary: "Delete an account; published articles remain without an author",
  source: "bkend: users, delete",
  access: "member",
  params: userParams,
  notFound: "user/not-found",
  success: { status: 200, body: messageAnswer },
  errors: ["user/forbidden", "user/not-found", "user/last-admin", "auth/reauthentication-required"],
} as const satisfies Contract;

export const getProfileContract = {
  ...getUserContract,
  path: "/v1/users/{userId}/profile",
} as const satisfies Contract;

export const updateProfileContract = {
  ...updateUserContract,
  path: "/v1/users/{userId}/profile",
} as const satisfies Contract;

export const withdrawContract = {
  method: "DELETE",
  path: "/v1/auth/withdraw",
  summary: "Delete your own account",
  source: "bkend: authentication, withdrawal",
  access: "user",
  success: { status: 200, body: messageAnswer },
  errors: ["user/last-admin", "auth/reauthentication-required"],
} as const satisfies Contract;

/** An optional field; empty counts as null. */
function emptyAsNull<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (typeof value === "string" ? value.trim() || null : value),
    schema.nullable().default(null),
  );
}
