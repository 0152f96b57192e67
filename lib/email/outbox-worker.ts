import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { env } from "@/lib/config/env";
import { log } from "@/lib/runtime/log";
import { discardDecoy } from "./mailbox";
import {
  type ClaimedMail,
  claimMails,
  decryptMail,
  discardMails,
  markMailsFailed,
  markSent,
  postponeMails,
  separateMails,
  timeUntilNextMail,
} from "./queued-mails";
import type { RenderedMail } from "./render-mail";
import { type SendOutcome, send } from "./send";

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** Timing in milliseconds. Tests shorten it. */
const defaultTiming = {
  /** The timeout of a request to the provider. */
  sendTimeout: 5 * seconds,
  /** Resend allows two requests per second. */
  gapBetweenSends: 600,
  /** After this, another process takes over an email whose process crashed. Longer than a send can take. */
  lease: 30 * seconds,
  /** Exponential backoff from the first to the longest, short enough to notice soon when the provider recovers. */
  firstRetry: 1 * seconds,
  longestRetry: 30 * seconds,
  /** The maximum, whatever `Retry-After` says. */
  longestRetryAfter: 1 * hours,
  /** For a wrong key or domain, which an operator has to correct. */
  slowRetry: 5 * minutes,
  giveUpAfter: 48 * hours,
  /** How often to poll for emails of other instances. */
  pollEvery: 1 * minutes,
  /** While the database is unreachable. */
  retryDatabase: 5 * seconds,
  /** After an email was queued outside a request, or by a request that was aborted before the commit. */
  pollSoon: 2 * seconds,
  /** How long a transaction that queued an email may take to commit. */
  commitWithin: 10 * seconds,
  /** No caller waits longer than this for the outbox to be empty; delivery continues. */
  drainTimeout: 5 * seconds,
};

export type OutboxTiming = typeof defaultTiming;

type OutgoingMail = { claimed: ClaimedMail; mail: RenderedMail };

const eventOf = ({ id, template, attempts }: ClaimedMail) => ({ mailId: id, template, attempts });

/**
 * Drains the outbox, one batch at a time. A process has one worker; any number of processes share the outbox.
 *
 * While the provider is unavailable, each retry tries a single batch, not all of them.
 */
export class OutboxWorker {
  private readonly timing: OutboxTiming;
  private expectUntil = 0;
  private nextRunAt = 0;
  private pausedUntil = 0;
  private failuresInARow = 0;
  private lastSendAt = 0;
  private isRunRequested = false;
  private isStopped = false;
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(timing: Partial<OutboxTiming> = {}) {
    this.timing = { ...defaultTiming, ...timing };
  }

  /** Records that an email was queued and is about to be committed. */
  expectMail(): void {
    this.expectUntil = Date.now() + this.timing.commitWithin;
    const hasStarted = this.timer !== undefined;
    if (hasStarted && this.nextRunAt > Date.now() + this.timing.pollSoon) this.runIn(this.timing.pollSoon);
  }

  /** Delivers if an email may be due; otherwise it costs a comparison. */
  async deliver(): Promise<void> {
    const now = Date.now();
    if (now < this.pausedUntil || (now > this.expectUntil && now < this.nextRunAt)) return;
    await this.drain();
  }

  /** Delivers due emails, and schedules the next run for later ones. It does not throw. */
  async drain(drainTimeout = this.timing.drainTimeout): Promise<void> {
    this.isRunRequested = true;
    this.running ??= this.run();
    const timeout = new AbortController();
    await Promise.race([this.running, delay(drainTimeout, undefined, timeout).catch(() => {})]);
    timeout.abort();
  }

  /** Stops permanently, after the batch in progress. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    try {
      do {
        this.isRunRequested = false;
        await this.deliverDueMails();
        await this.scheduleNextRun();
      } while (this.isRunRequested && !this.isStopped);
    } catch (error) {
      log.error("mail.outbox-failed", error);
      this.runIn(this.timing.retryDatabase);
    } finally {
      this.running = undefined;
    }
  }

  private async deliverDueMails(): Promise<void> {
    while (Date.now() >= this.pausedUntil && !this.isStopped) {
      const claimed = await claimMails(this.timing.lease);
      if (claimed.length === 0) return;
      const outgoing = await this.write(claimed);
      const decoys = outgoing.filter(({ claimed }) => claimed.isDecoy);
      const mails = outgoing.filter(({ claimed }) => !claimed.isDecoy);
      if (mails.length > 0) await this.deliverBatch(mails);
      if (decoys.length > 0) await this.discard(decoys);
    }
  }

  private async deliverBatch(mails: OutgoingMail[]): Promise<void> {
    await delay(Math.max(0, this.lastSendAt + this.gapBetweenSends() - Date.now()));
    this.lastSendAt = Date.now();
    const claimed = mails.map((mail) => mail.claimed);
    const batch = mails.map(({ claimed, mail }) => ({ id: claimed.id, mail }));
    const batchId = claimed[0]?.batchId ?? "";
    const outcome = await send(batch, { batchId, timeoutMs: this.timing.sendTimeout });
    await this.recordOutcome(claimed, outcome);
  }

  /** Takes as long as sending an email, so that its duration reveals nothing. */
  private async discard(decoys: OutgoingMail[]): Promise<void> {
    for (const { claimed, mail } of decoys) {
      if (!env().RESEND_API_KEY) await discardDecoy(claimed.id, mail);
      log.info("mail.discarded", { mailId: claimed.id, template: claimed.template });
    }
    await discardMails(decoys.map(({ claimed }) => claimed));
  }

  /** The local mailbox has no limit. */
  private gapBetweenSends(): number {
    return env().RESEND_API_KEY ? this.timing.gapBetweenSends : 0;
  }

  /** An email that cannot be rendered is postponed alone, and does not delay others. */
  private async write(claimedMails: ClaimedMail[]): Promise<OutgoingMail[]> {
    const outgoing: OutgoingMail[] = [];
    for (const claimed of claimedMails) {
      try {
        // React is loaded with the first email, not when the server starts.
        const { renderMail } = await import("./render-mail");
        outgoing.push({ claimed, mail: await renderMail(decryptMail(claimed), claimed.createdAt) });
      } catch (error) {
        log.error("mail.not-written", error, { mailId: claimed.id, template: claimed.template });
        await separateMails([claimed]);
        const reason = "it could not be written out; the log says why";
        await this.recordOutcome([claimed], { status: "misconfigured", reason });
      }
    }
    return outgoing;
  }

  private async recordOutcome(mails: ClaimedMail[], outcome: SendOutcome): Promise<void> {
    // The provider responded.
    if (outcome.status !== "unavailable") this.failuresInARow = 0;

    if (outcome.status === "sent") {
      const refused = mails.filter((_, index) => outcome.refused.includes(index));
      const sent = mails.filter((mail) => !refused.includes(mail));
      await markSent(sent);
      for (const mail of sent) log.info("mail.sent", eventOf(mail));
      // Sent separately, each gets its own error from the provider.
      if (refused.length > 0) await separateMails(refused);
      return;
    }

    const { status, reason } = outcome;
    if (status === "refused" && mails.length > 1) {
      // The provider rejected the whole request, so no email was sent.
      await separateMails(mails);
      return;
    }

    const isTooOld = (mail: ClaimedMail) => Date.now() - mail.createdAt.getTime() > this.timing.giveUpAfter;
    const failed = mails.filter((mail) => status === "refused" || isTooOld(mail));
    const waiting = mails.filter((mail) => !failed.includes(mail));
    if (failed.length > 0) await markMailsFailed(failed, reason);
    for (const mail of failed) log.error("mail.given-up", reason, eventOf(mail));

    if (status === "misconfigured") {
      if (waiting.length > 0) await postponeMails(waiting, this.timing.slowRetry, reason);
      for (const mail of waiting) log.error("mail.misconfigured", reason, eventOf(mail));
    } else if (status === "unavailable") {
      this.failuresInARow += 1;
      const retryAfter = Math.min(outcome.retryAfterMs ?? 0, this.timing.longestRetryAfter);
      this.pausedUntil = Date.now() + Math.max(retryAfter, this.retryWait(this.failuresInARow));
      const attempts = Math.max(...mails.map((mail) => mail.attempts));
      if (waiting.length > 0)
        await postponeMails(waiting, Math.max(retryAfter, this.retryWait(attempts)), reason);
      for (const mail of waiting) log.warn("mail.delayed", { ...eventOf(mail), reason });
    }
  }

  private retryWait(failures: number): number {
    return Math.min(this.timing.firstRetry * 2 ** (failures - 1), this.timing.longestRetry);
  }

  private async scheduleNextRun(): Promise<void> {
    const untilNextMail = (await timeUntilNextMail()) ?? this.timing.pollEvery;
    const untilResumed = this.pausedUntil - Date.now();
    this.runIn(Math.max(50, untilResumed, Math.min(untilNextMail, this.timing.pollEvery)));
  }

  private runIn(ms: number): void {
    clearTimeout(this.timer);
    this.nextRunAt = Date.now() + ms;
    this.timer = setTimeout(() => void this.drain(), ms);
    // The timer must not keep a script or a test running.
    this.timer.unref();
  }
}
