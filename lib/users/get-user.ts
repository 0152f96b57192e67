import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { ApiError } from "@/lib/http/errors";
import type { SocialLinks, User } from "./contract";

/**
 * Looks at a person.
 *
 * @returns everything to themselves and to admins, the public part to anybody else.
 * @throws ApiError `user/not-found` (404).
 * @see bkend: users, get one
 */
export async function getUser(id: string, actor: Actor): Promise<User> {
  const user = await db.user.findUnique({
    where: { id },
    select: {
      id: true,
      name: true,
      nickname: true,
      image: true,
      bio: true,
      github: true,
      twitter: true,
      linkedin: true,
      email: true,
      emailVerified: true,
      role: true,
      bannedAt: true,
      createdAt: true,
      updatedAt: true,
    },
  });
  if (!user) throw new ApiError("user/not-found");

  const { email, emailVerified, role, bannedAt, updatedAt, github, twitter, linkedin, ...shown } = user;
  const isOwn = actor.userId === id || actor.isAdmin;
  return {
    ...shown,
    socialLinks: linksOf({ github, twitter, linkedin }),
    ...(isOwn && { email, emailVerified: emailVerified !== null, role, updatedAt }),
    ...(actor.isAdmin && { banned: bannedAt !== null }),
  };
}

/** No link at all is null. */
function linksOf(links: SocialLinks): SocialLinks | null {
  return Object.values(links).some((link) => link !== null) ? links : null;
}
