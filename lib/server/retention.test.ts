import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { db } from "@/lib/core/db";
import { deleteOldRecords } from "./retention";

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3600 * 1000);

async function newUser() {
  return db.user.create({ data: { email: `${randomUUID()}@example.com`, name: "Minji" } });
}

const far = new Date(Date.now() + 3600 * 1000);

test("sessions are deleted 90 days after they ended or expired, and no sooner", async () => {
  const { id: userId } = await newUser();
  const sessions = {
    live: { expiresAt: far, endsAt: far },
    endedLately: { expiresAt: far, endsAt: far, endedAt: daysAgo(89) },
    endedLongAgo: { expiresAt: far, endsAt: far, endedAt: daysAgo(91) },
    ranOutLately: { expiresAt: daysAgo(89), endsAt: far },
    ranOutLongAgo: { expiresAt: daysAgo(91), endsAt: daysAgo(91) },
  };
  for (const [userAgent, times] of Object.entries(sessions)) {
    await db.session.create({ data: { userId, userAgent, ...times } });
  }
  await deleteOldRecords();
  const kept = await db.session.findMany({ where: { userId }, orderBy: { userAgent: "asc" } });
  expect(kept.map(({ userAgent }) => userAgent)).toEqual(["endedLately", "live", "ranOutLately"]);
});

test("single-use tokens are deleted once they have expired, and no sooner", async () => {
  const tokens = { expired: daysAgo(0.001), live: far };
  for (const [name, expiresAt] of Object.entries(tokens)) {
    const hash = `${name} ${randomUUID()}`;
    await db.passkeyChallenge.create({ data: { challengeHash: hash, expiresAt } });
    await db.oAuthFlow.create({
      data: { stateHash: hash, provider: "google", callbackUrl: "https://app.example", expiresAt },
    });
  }
  await deleteOldRecords();
  const kept = [
    ...(await db.passkeyChallenge.findMany()).map(({ challengeHash }) => challengeHash),
    ...(await db.oAuthFlow.findMany()).map(({ stateHash }) => stateHash),
  ];
  expect(kept.map((hash) => hash.split(" ")[0])).toEqual(["live", "live"]);
});

test("sign-in links and used ID tokens are deleted a day after they have expired, and no sooner", async () => {
  const hashes = { longAgo: randomUUID(), lately: randomUUID() };
  for (const [tokenHash, expiresAt] of [
    [hashes.longAgo, daysAgo(1.1)],
    [hashes.lately, daysAgo(0.9)],
  ] as const) {
    await db.magicLink.create({ data: { email: `${tokenHash}@example.com`, tokenHash, expiresAt } });
    await db.usedIdToken.create({ data: { tokenHash, expiresAt } });
  }
  await deleteOldRecords();
  const where = { tokenHash: { in: Object.values(hashes) } };
  expect(await db.magicLink.findMany({ where })).toMatchObject([{ tokenHash: hashes.lately }]);
  expect(await db.usedIdToken.findMany({ where })).toMatchObject([{ tokenHash: hashes.lately }]);
});

test("the address of a deleted account is deleted with its emails and tokens", async () => {
  const user = await newUser();
  const to = user.email;
  const mail = { to, template: "password-changed", locale: "en", data: {} };
  await db.outboxMail.createMany({
    data: [
      { ...mail, sentAt: daysAgo(31) },
      { ...mail, failedAt: daysAgo(31) },
      { ...mail, sentAt: daysAgo(29) },
    ],
  });
  const keeper = await newUser();
  const token = { userId: keeper.id, email: to, tokenHash: randomUUID() };
  await db.emailToken.create({ data: { ...token, purpose: "verify-new-address", expiresAt: daysAgo(91) } });
  const link = { email: to, tokenHash: randomUUID(), expiresAt: daysAgo(91) };
  await db.magicLink.create({ data: link });
  await db.invitation.create({ data: link });
  await db.addressUndo.create({
    data: { userId: keeper.id, email: to, tokenHash: randomUUID(), expiresAt: daysAgo(1) },
  });
  await db.addressUndo.create({
    data: { userId: keeper.id, email: keeper.email, tokenHash: randomUUID(), expiresAt: far },
  });
  await db.user.delete({ where: { id: user.id } });

  await deleteOldRecords();
  expect(await db.outboxMail.count({ where: { to } })).toBe(1);
  expect(await db.emailToken.count({ where: { email: to } })).toBe(0);
  expect(await db.magicLink.count({ where: { email: to } })).toBe(0);
  expect(await db.addressUndo.findMany({ where: { userId: keeper.id } })).toMatchObject([
    { email: keeper.email },
  ]);
  expect(await db.invitation.count({ where: { email: to } })).toBe(0);
});

test("emails of the local mailbox are deleted after 30 days, and no sooner", async () => {
  const mailbox = join(inject("dataDir"), "mailbox");
  await mkdir(mailbox, { recursive: true, mode: 0o700 });
  const [old, recent] = [`${randomUUID()}.json`, `${randomUUID()}.json`];
  for (const [name, days] of [[old, 31] as const, [recent, 29] as const]) {
    await writeFile(join(mailbox, name), "{}");
    await utimes(join(mailbox, name), daysAgo(days), daysAgo(days));
  }
  await deleteOldRecords();
  const left = await readdir(mailbox);
  expect(left).not.toContain(old);
  expect(left).toContain(recent);
  await rm(join(mailbox, recent));
});
