import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/core/db";
import { issueEmailToken } from "./email-tokens";
import { findPendingAddress, resendSignUpVerification, sendAddressVerification } from "./email-verification";

test("a guest who names an unverified address does not cancel the change that its user requested", async () => {
  const email = `${randomUUID()}@example.com`;
  const user = await db.user.create({ data: { email, name: "Minji" } });
  const sendToGuest = async () => (await sendAddressVerification({ email }, null))();

  await sendToGuest();
  expect(await db.outboxMail.count({ where: { to: email } })).toBe(1);
  await issueEmailToken("verify-new-address", { userId: user.id, email: `new-${email}` }, db);
  await sendToGuest();
  expect(await findPendingAddress(user)).toBe(`new-${email}`);
  expect(await db.outboxMail.count({ where: { to: email } })).toBe(1);
});

test.each([
  ["of a sign-up", resendSignUpVerification],
  ["that a guest named", (input: { email: string }) => sendAddressVerification(input, null)],
])("an address %s that was replaced since the request gets no link", async (_name, send) => {
  const email = `${randomUUID()}@example.com`;
  const { id } = await db.user.create({ data: { email, name: "Minji" } });
  const mailLink = await send({ email });
  await db.user.update({ where: { id }, data: { email: `new-${email}`, emailVerified: new Date() } });
  await mailLink();
  expect(await db.emailToken.count({ where: { userId: id } })).toBe(0);
  expect(await db.outboxMail.count({ where: { to: email } })).toBe(0);
});
