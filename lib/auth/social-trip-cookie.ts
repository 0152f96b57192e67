import "server-only";
import { z } from "zod";
import { forgetCookie } from "@/lib/cookies";
import { findSealed, keepSealed } from "./sealed-cookies";
import { socialProviders } from "./social-contract";

/** As long as somebody may take to sign in at the provider. */
const tripSeconds = 600;

const trip = z.object({
  provider: z.enum(socialProviders),
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  callbackUrl: z.string(),
});

/** What a browser that was sent to a provider must know when it comes back. */
type Trip = z.output<typeof trip>;

/** Keeps it in this browser. Several trips may be under way, in as many tabs. */
export async function keepTrip(begun: Trip): Promise<void> {
  await keepSealed(cookieName(begun.state), begun, tripSeconds);
}

/** @returns the trip on which this browser was sent with a state, or null. */
export async function findTrip(state: string): Promise<(Trip & { expiresAt: Date }) | null> {
  const kept = await findSealed(cookieName(state), trip);
  return kept && { ...kept.content, expiresAt: kept.expiresAt };
}

/** Forgets a trip that has come back. */
export async function forgetTrip(state: string): Promise<void> {
  await forgetCookie(cookieName(state));
}

/** Named after the beginning of its state; the whole of it is inside. */
function cookieName(state: string): string {
  return `trip-${state.replace(/[^\w-]/g, "").slice(0, 8)}`;
}
