import "server-only";
import type { Client } from "@/lib/core/client";
import { db, Prisma, query } from "@/lib/core/db";
import { isWithinLimit } from "@/lib/core/rate-limit";
import { queueMail } from "@/lib/email/outbox";
import { log } from "@/lib/runtime/log";
import { recognizeDevice } from "./describe-device";

/** How long a network and a browser that signed in to an account count as known. */
const knownDeviceDays = 90;

type NewDevice = {
  userId: string;
  email: string;
  name: string;
  locale: string;
  userAgent: string | null;
  ipAddress: string | null;
};

/**
 * Mails the owner of an account when a session is opened on an unknown device: from a network and by a browser that
 * none of the account's sessions of the last 90 days had. A known browser in a new network, a new browser in a known
 * network and the first session of an account cause no email.
 */
export async function mailNewDevice(sessionId: string, client: Client): Promise<void> {
  const [found] = await query<NewDevice>(Prisma.sql`
    SELECT u.id AS "userId", u.email, u.name, u.locale, s."userAgent", s."ipAddress"
      FROM "Session" s JOIN "User" u ON u.id = s."userId"
     WHERE s.id = ${sessionId}::uuid
       AND EXISTS (SELECT FROM "Session" o WHERE o."userId" = u.id AND o.id <> s.id AND o."createdAt" <= s."createdAt")
       AND NOT EXISTS (
         SELECT FROM "Session" o
          WHERE o."userId" = u.id AND o.id <> s.id AND o."createdAt" <= s."createdAt"
            AND o."createdAt" > now() - ${knownDeviceDays} * interval '1 day'
            AND (o.network IS NOT DISTINCT FROM s.network OR o."userAgent" IS NOT DISTINCT FROM s."userAgent"))`);
  if (!found) return;
  const { userId, email, name, locale, userAgent, ipAddress } = found;
  log.info("auth.new-device", { userId, sessionId }, client);
  if (!(await isWithinLimit("mailAccount", `new-device ${email}`))) return;
  const device = recognizeDevice(userAgent);
  await queueMail({ to: email, template: "new-device", locale, name, ...device, ipAddress }, db);
}
