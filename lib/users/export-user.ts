import "server-only";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { requireRecentAuthentication } from "@/lib/auth/sessions/recent-authentication";
import type { Client } from "@/lib/core/client";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { prepareNotice } from "@/lib/email/prepare-notice";
import { log } from "@/lib/runtime/log";

/** Articles may be long and many, so only this many are in memory at a time. */
const batchSize = 20;

/**
 * Exports everything that is stored about the caller, as `exportUser` does, and mails a notice.
 *
 * @throws AppError `auth/reauthentication-required` (403).
 */
export async function exportOwnData(user: CurrentUser, client: Client): Promise<AsyncGenerator<string>> {
  requireRecentAuthentication(user);
  const pieces = await exportUser(user.id);
  const queueNotice = await prepareNotice(user, { template: "data-exported" });
  await queueNotice(db);
  log.info("user.exported", { userId: user.id }, client);
  return pieces;
}

/**
 * Exports everything that is stored about a user, except what could be used to sign in as them.
 *
 * @returns the chunks of a JSON document. All but the articles is read already, so that an unavailable database is
 *   reported before the first chunk is sent.
 * @throws AppError `user/not-found` (404).
 */
export async function exportUser(id: string): Promise<AsyncGenerator<string>> {
  const user = await db.user.findUnique({
    where: { id },
    select: {
      id: true,
      email: true,
      emailVerified: true,
      name: true,
      nickname: true,
      bio: true,
      image: true,
      github: true,
      twitter: true,
      linkedin: true,
      role: true,
      bannedAt: true,
      locale: true,
      localeChosen: true,
      createdAt: true,
      updatedAt: true,
      passwordHash: true,
      passwordChangedAt: true,
      passkeys: {
        select: { name: true, createdAt: true, lastUsedAt: true },
        orderBy: { createdAt: "asc" },
      },
      mfaEnabledAt: true,
      secondFactor: { select: { setupExpiresAt: true, _count: { select: { backupCodes: true } } } },
      accounts: {
        select: { provider: true, providerAccountId: true, email: true, createdAt: true },
        orderBy: { createdAt: "asc" },
      },
      consents: {
        select: { document: true, version: true, acceptedAt: true },
        orderBy: { acceptedAt: "asc" },
      },
      sessions: {
        select: {
          id: true,
          userAgent: true,
          ipAddress: true,
          createdAt: true,
          lastActivityAt: true,
          provedAt: true,
          expiresAt: true,
          endedAt: true,
        },
        orderBy: { createdAt: "asc" },
      },
      tags: {
        select: { id: true, name: true, slug: true, createdAt: true, updatedAt: true },
        orderBy: { id: "asc" },
      },
      bookmarks: { select: { id: true, articleId: true, createdAt: true }, orderBy: { id: "asc" } },
      files: {
        where: { removedAt: null },
        select: {
          key: true,
          kind: true,
          visibility: true,
          originalName: true,
          mimeType: true,
          size: true,
          createdAt: true,
        },
        orderBy: { id: "asc" },
      },
      emailTokens: {
        select: { purpose: true, email: true, createdAt: true, expiresAt: true, usedAt: true },
        orderBy: { createdAt: "asc" },
      },
      invitationAccepted: {
        select: { email: true, name: true, role: true, createdAt: true, acceptedAt: true },
        orderBy: { createdAt: "asc" },
      },
      invitationsSent: {
        select: { id: true, createdAt: true, acceptedAt: true, revokedAt: true, expiresAt: true },
        orderBy: { createdAt: "asc" },
      },
      addressUndos: {
        select: { email: true, createdAt: true, expiresAt: true },
        orderBy: { createdAt: "asc" },
      },
    },
  });
  if (!user) throw new AppError("user/not-found");
  const mails = await db.outboxMail.findMany({
    where: { to: user.email, isDecoy: false },
    select: { template: true, locale: true, createdAt: true, sentAt: true },
    orderBy: { createdAt: "asc" },
  });

  const { passwordHash, accounts, passkeys, consents, sessions, tags, bookmarks, files, ...others } = user;
  const { emailTokens: mailedLinks, addressUndos: previousAddresses, ...rest } = others;
  const { invitationAccepted: accepted, invitationsSent: sent, ...besides } = rest;
  const { mfaEnabledAt, secondFactor: factor, ...columns } = besides;
  const profile = { ...columns, hasPassword: passwordHash !== null };
  const secondFactor = factor && {
    enabledAt: mfaEnabledAt,
    setupExpiresAt: factor.setupExpiresAt,
    backupCodesLeft: factor._count.backupCodes,
  };
  const account = {
    profile,
    secondFactor,
    accounts,
    passkeys,
    consents,
    sessions,
    mailedLinks,
    previousAddresses,
    invitations: { accepted, sent },
    mails,
  };
  return document({ exportedAt: new Date(), ...account, tags, bookmarks, files }, id);
}

async function* document(parts: Record<string, unknown>, id: string): AsyncGenerator<string> {
  const members = Object.entries(parts).map(([name, value]) => `${json(name)}: ${json(value)}`);
  yield `{\n${members.join(",\n")},\n"articles": [`;
  let separator = "\n";
  for await (const article of articlesOf(id)) {
    yield separator + json(article);
    separator = ",\n";
  }
  yield "\n]\n}\n";
}

async function* articlesOf(createdBy: string) {
  let last = "";
  while (true) {
    // Keyset pagination: a batch that starts after the last id cannot skip or repeat an article.
    const batch = await db.article.findMany({
      where: { createdBy, id: { gt: last } },
      orderBy: { id: "asc" },
      take: batchSize,
      omit: { createdBy: true, summary: true, readingMinutes: true, previewVersion: true },
    });
    yield* batch;
    last = batch.at(-1)?.id ?? "";
    if (batch.length < batchSize) return;
  }
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
