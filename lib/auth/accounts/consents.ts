import "server-only";
import { site } from "@/lib/config/site";
import type { Transaction } from "@/lib/core/db";

/** The documents that a user agreed to. */
export type Agreements = { termsAccepted?: true; privacyAccepted?: true };

/** Records the consents, with the version of each document that was shown. */
export async function recordConsents(userId: string, agreements: Agreements, tx: Transaction): Promise<void> {
  const consents = [
    ...(agreements.termsAccepted ? [{ document: "terms", version: site.agreements.terms }] : []),
    ...(agreements.privacyAccepted ? [{ document: "privacy", version: site.agreements.privacy }] : []),
  ];
  if (consents.length === 0) return;
  await tx.consent.createMany({ data: consents.map((consent) => ({ userId, ...consent })) });
}
