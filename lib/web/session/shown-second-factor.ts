import "server-only";
import { z } from "zod";
import { deleteCookie } from "@/lib/web/cookies";
import { findSealedCookie, setSealedCookie } from "@/lib/web/sealed-cookies";

const cookieName = "shown-second-factor";
const lifeSeconds = 600;

const shown = z.object({
  sessionId: z.string(),
  /** Present until the set-up is confirmed. */
  setup: z.object({ secret: z.string(), qrCodeUrl: z.string() }).optional(),
  backupCodes: z.array(z.string()),
});

/** The secrets of a second factor that the settings page shows for ten minutes, in this browser only. */
export type ShownSecondFactor = z.output<typeof shown>;

/** Stores it in a sealed cookie of this browser. Call it from a server action. */
export async function saveShownSecondFactor(content: ShownSecondFactor): Promise<void> {
  await setSealedCookie(cookieName, content, lifeSeconds);
}

/** @returns the secrets that this session may show, or null. */
export async function findShownSecondFactor({
  sessionId,
}: {
  sessionId: string;
}): Promise<ShownSecondFactor | null> {
  const content = (await findSealedCookie(cookieName, shown))?.content;
  return content?.sessionId === sessionId ? content : null;
}

/** Deletes it. Call it from a server action. */
export async function clearShownSecondFactor(): Promise<void> {
  await deleteCookie(cookieName);
}
