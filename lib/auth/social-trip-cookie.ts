import "server-only";
import { EncryptJWT, errors as joseErrors, jwtDecrypt } from "jose";
import { cookies } from "next/headers";
import { z } from "zod";
import { env } from "@/lib/env";
import { keyFor } from "./keys";
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

/** Keeps it in this browser, encrypted. Several trips may be under way, in as many tabs. */
export async function keepTrip(started: Trip): Promise<void> {
  const sealed = await new EncryptJWT(started)
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .setExpirationTime(`${tripSeconds}s`)
    .encrypt(keyFor("social-trip"));
  (await cookies()).set(cookieName(started.state), sealed, { ...cookieOptions(), maxAge: tripSeconds });
}

/** @returns what was kept in this browser, or null where that is nothing, nothing of ours, or too old. */
export async function findTrip(state: string): Promise<(Trip & { expiresAt: Date }) | null> {
  const store = await cookies();
  const name = cookieName(state);
  const sealed = store.get(name)?.value;
  if (!sealed) return null;
  const opened = await jwtDecrypt(sealed, keyFor("social-trip"), {
    keyManagementAlgorithms: ["dir"],
    contentEncryptionAlgorithms: ["A256GCM"],
    requiredClaims: ["exp"],
  }).catch((error: unknown) => {
    if (error instanceof joseErrors.JOSEError) return null;
    throw error;
  });
  const kept = trip.safeParse(opened?.payload).data;
  return kept ? { ...kept, expiresAt: new Date(Number(opened?.payload.exp) * 1000) } : null;
}

/** Forgets a trip that has come back. */
export async function forgetTrip(state: string): Promise<void> {
  (await cookies()).delete({ name: cookieName(state), ...cookieOptions() });
}

/** Lax, since the provider's site leads back here by a link. */
function cookieOptions() {
  return { httpOnly: true, sameSite: "lax", secure: isHttps(), path: "/" } as const;
}

/** Named after the beginning of its state; the whole of it is inside. */
function cookieName(state: string): string {
  const part = state.replace(/[^\w-]/g, "").slice(0, 8);
  return `${isHttps() ? "__Host-" : ""}trip-${part}`;
}

function isHttps(): boolean {
  return env().APP_URL.startsWith("https:");
}
