import { z } from "zod";
import { me } from "@/lib/auth/sessions/contract";
import { type Contract, isHttpsAddress, label, messageAnswer, text } from "@/lib/core/contract";
import { name, userParams } from "@/lib/core/fields";
import { imageUrl } from "@/lib/images/image-url";

/** In code points. */
export const profileLimits = { nickname: 50, bio: 500 } as const;

/** Where else a person may be found, by the names that these places have in every language. */
export const socialNetworks = { github: "GitHub", twitter: "X", linkedin: "LinkedIn" } as const;

const link = z
  .string()
  .trim()
  .max(500, "httpsAddress")
  .refine(isHttpsAddress, "httpsAddress")
  .nullable()
  .meta({ format: "uri" });

const socialLinks = z.strictObject({ github: link, twitter: link, linkedin: link });

export type SocialLinks = z.output<typeof socialLinks>;

/** What everybody who is signed in may know of a person. */
const publicUser = z.object({
  id: z.string(),
  name: z.string(),
  nickname: z.string().nullable(),
  image: imageUrl.nullable(),
  bio: z.string().nullable(),
  socialLinks: socialLinks.nullable(),
  createdAt: me.shape.createdAt,
});

/** A person, as far as the caller may know them: the rest is absent. */
const user = publicUser
  .extend(
    me.pick({ email: true, emailVerified: true, mfaEnabled: true, role: true, updatedAt: true }).partial()
      .shape,
  )
  .extend({ banned: z.boolean().optional().meta({ description: "For admins." }) })
  .meta({ id: "User" });

export type User = z.output<typeof user>;

const userPatch = z
  .strictObject({
    name,
    nickname: label({ min: 1, max: profileLimits.nickname }).nullable(),
    bio: text({ max: profileLimits.bio }).nullable(),
    socialLinks: socialLinks.partial().nullable(),
    image: z.string().nullable(),
    role: me.shape.role,
    banned: z.boolean(),
    mfaEnabled: z.literal(false).meta({ description: "Takes the second factor off. For admins." }),
  })
  .partial();

export type UserPatch = z.output<typeof userPatch>;

/** The profile form: what is left empty is taken away. */
export const profileForm = z.object({
  name,
  nickname: orNothing(userPatch.shape.nickname.unwrap().unwrap()),
  bio: orNothing(userPatch.shape.bio.unwrap().unwrap()),
  github: orNothing(link.unwrap()),
  twitter: orNothing(link.unwrap()),
  linkedin: orNothing(link.unwrap()),
});

/** The deletion form: somebody who types their address means it. */
export const deleteAccountForm = z.object({ email: z.string().trim().toLowerCase() });

export const getUserContract = {
  method: "GET",
  path: "/v1/users/{userId}",
  summary: "Look at a person: all of oneself, the public part of others",
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
  summary: "Change one's profile; admins also roles, bans and second factors",
  source: "bkend: users, update",
  access: "member",
  params: userParams,
  notFound: "user/not-found",
  body: userPatch,
  success: { status: 200, body: user },
  errors: [
    "user/forbidden",
    "user/not-found",
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
  summary: "Delete an account; published articles stay without an author",
  source: "bkend: users, delete",
  access: "member",
  params: userParams,
  notFound: "user/not-found",
  success: { status: 200, body: messageAnswer },
  errors: ["user/forbidden", "user/not-found", "auth/reauthentication-required"],
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
  summary: "Delete one's own account",
  source: "bkend: authentication, withdrawal",
  access: "user",
  success: { status: 200, body: messageAnswer },
  errors: ["auth/reauthentication-required"],
} as const satisfies Contract;

/** A field that may stay empty, and then counts as null. */
function orNothing<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (typeof value === "string" ? value.trim() || null : value),
    schema.nullable().default(null),
  );
}
