import "server-only";
import { after } from "next/server";
import { log } from "@/lib/runtime/log";
import { deliverMail } from "./outbox";

/**
 * Does work after the response is sent, then sends the emails that it queued. For work whose duration would reveal to
 * the caller what the response does not (timing attack).
 */
export function afterResponse(work: () => Promise<void>): void {
  after(async () => {
    try {
      await work();
    } catch (error) {
      log.error("after-answer.failed", error);
    }
    // The delivery that `queueMail` schedules during the work may run before the commit.
    await deliverMail();
  });
}
