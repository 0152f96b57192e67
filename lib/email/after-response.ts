import "server-only";
import { after } from "next/server";
import { log } from "@/lib/runtime/log";
import { deliverMail } from "./outbox";

/**
 * Does the rest of the work after the answer is sent, then sends the mail that it queued. For work whose time
 * would tell the caller what the answer does not.
 */
export function afterResponse(work: () => Promise<void>): void {
  after(async () => {
    try {
      await work();
    } catch (error) {
      log.error("after-answer.failed", error);
    }
    // What `queueMail` asks for during the work can come before the commit.
    await deliverMail();
  });
}
