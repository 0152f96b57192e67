import { z } from "zod";
import { text, timestamp } from "@/lib/core/contract";

/** In code points. */
const maxReasonLength = 500;

/** The fields of an admin form about a decision. */
export const moderation = z.object({
  updatedAt: z.iso
    .datetime()
    .pipe(timestamp)
    .meta({ description: "The version that the admin decided on: another is not changed." }),
  reason: text({ min: 1, max: maxReasonLength, trim: true }).meta({ description: "Mailed to the user." }),
});
