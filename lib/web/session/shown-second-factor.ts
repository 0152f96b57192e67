import "server-only";
import { z } from "zod";
import { sealedCookie } from "@/lib/web/sealed-cookies";

const shown = z.object({
  sessionId: z.string(),
  /** Present until the set-up is confirmed. */
  setup: z.object({ secret: z.string(), qrCodeUrl: z.string() }).optional(),
  backupCodes: z.array(z.string()),
});

export type ShownSecondFactor = z.output<typeof shown>;

/** The secrets of a second factor that the settings page shows for ten minutes, in this browser only. */
const cookie = sealedCookie("shown-second-factor", shown, () => 600);

/** Call both from a server action. */
export const { save: saveShownSecondFactor, clear: clearShownSecondFactor } = cookie;

/** @returns the secrets that this session may show, or null. */
export async function findShownSecondFactor({
  sessionId,
}: {
  sessionId: string;
}): Promise<ShownSecondFactor | null> {
  const content = await cookie.find();
  return content?.sessionId === sessionId ? content : null;
}
