import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/core/db";
import { issueEmailToken } from "./email-tokens";
import { findPendingAddress, sendAddressVerification } from "./email-verification";

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
