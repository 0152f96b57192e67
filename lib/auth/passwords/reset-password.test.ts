import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { issueEmailToken } from "@/lib/auth/email/email-tokens";
import type { Client } from "@/lib/core/client";
import { db } from "@/lib/core/db";
import { requestPasswordReset, resetPassword } from "./reset-password";

const newAddress = () => `${randomUUID()}@example.com`;

async function verifiedUser() {
  return db.user.create({ data: { email: newAddress(), name: "Minji", emailVerified: new Date() } });
}

test("a password reset for an address that was replaced since the request mails no link", async () => {
  const { id, email } = await verifiedUser();
  const mailLink = await requestPasswordReset({ email });
  await db.user.update({ where: { id }, data: { email: newAddress() } });
  await mailLink();
  expect(await db.emailToken.count({ where: { userId: id } })).toBe(0);
  expect(await db.outboxMail.count({ where: { to: email } })).toBe(0);
});

test("a token for an address that the account no longer has does not reset its password", async () => {
  const [{ id }, email] = [await verifiedUser(), newAddress()];
  const token = await issueEmailToken("reset-password", { userId: id, email }, db);
  const client: Client = { ip: "192.0.2.1", userAgent: null, locale: "en", requestId: "test" };
  await expect(resetPassword({ email, token, newPassword: "another margin" }, client)).rejects.toMatchObject({
    code: "auth/invalid-token",
  });
  expect(await db.user.findUnique({ where: { id } })).toMatchObject({ passwordHash: null });
});
