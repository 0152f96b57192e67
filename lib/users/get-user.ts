import "server-only";
import { type Actor, actorOf } from "@/lib/access/actor";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { SocialLinks, User } from "./contract";

/**
 * Gets a user.
 *
 * @returns the full profile to the user and to admins, the public profile to others.
 * @throws AppError `user/not-found` (404).
 * @see bkend: users, get one
 */
export async function getUser(id: string, actor: Actor): Promise<User> {
  return toUser(await readUser(id), actor);
}

/** @returns what a caller may see of a user: of a banned user, others see only what the articles show too. */
export function toUser(row: UserRow, actor: Actor): User {
  const {
    email,
    emailVerified,
    mfaEnabledAt,
    role,
    bannedAt,
    updatedAt,
    github,
    twitter,
    linkedin,
    ...shown
  } = row;
  const isOwn = actor.userId === row.id || actor.isAdmin;
  if (bannedAt && !isOwn) return { ...shown, nickname: null, bio: null, socialLinks: null };
  return {
    ...shown,
    socialLinks: linksOf({ github, twitter, linkedin }),
    ...(isOwn && {
      email,
      emailVerified: emailVerified !== null,
      mfaEnabled: mfaEnabledAt !== null,
      role,
      updatedAt,
    }),
    ...(actor.isAdmin && { banned: bannedAt !== null }),
  };
}

/**
 * Gets the public profile of a user.
 *
 * @returns for a banned user only the name and image, which their articles show too.
 * @throws AppError `user/not-found` (404).
 */
export async function getPublicProfile(id: string): Promise<PublicProfile> {
  const row = await readUser(id);
  return { ...toUser(row, actorOf(null)), isBanned: row.bannedAt !== null };
}

/** The columns of a user that profiles show. */
export type UserRow = Required<Pick<User, "id" | "name" | "nickname" | "image" | "bio" | "createdAt">> &
  Required<Pick<User, "email" | "role" | "updatedAt">> &
  SocialLinks & { emailVerified: Date | null; mfaEnabledAt: Date | null; bannedAt: Date | null };

/** The public part of a profile. */
export type PublicProfile = Pick<
  User,
  "id" | "name" | "nickname" | "image" | "bio" | "socialLinks" | "createdAt"
> & { isBanned: boolean };

/** The columns of a user `u`. */
export const userColumns = Prisma.sql`
  u.id, u.name, u.nickname, u.image, u.bio, u.github, u.twitter, u.linkedin, u.email, u."emailVerified",
  u."mfaEnabledAt", u.role, u."bannedAt", u."createdAt", u."updatedAt"`;

async function readUser(id: string): Promise<UserRow> {
  const [user] = await query<UserRow>(Prisma.sql`SELECT ${userColumns} FROM "User" u WHERE u.id = ${id}`);
  if (!user) throw new AppError("user/not-found");
  return user;
}

/** No link at all is null. */
function linksOf(links: SocialLinks): SocialLinks | null {
  return Object.values(links).some((link) => link !== null) ? links : null;
}
