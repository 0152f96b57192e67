import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { env } from "@/lib/config/env";
import { log } from "@/lib/runtime/log";
import { discardDecoy } from "./mailbox";
import {
  type ClaimedMail,
  claimMails,
  decryptMail,
  deleteOldMails,
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

/** How the outbox is emptied, in milliseconds. Tests shorten it. */
const defaultTiming = {
  /** The timeout of a request to the provider. */
  sendTimeout: 5 * seconds,
  /** Resend takes two requests a second. */
  gapBetweenSends: 600,
  /** After this, another process takes over a mail whose sender died. Longer than a send can take. */
  lease: 30 * seconds,
  /** The wait after a failure doubles from the first to the longest, so that a provider that is back is noticed soon. */
  firstRetry: 1 * seconds,
  longestRetry: 30 * seconds,
  /** The maximum, whatever `Retry-After` says. */
  longestRetryAfter: 1 * hours,
  /** For a wrong key or domain, which an operator has to correct. */
  slowRetry: 5 * minutes,
  giveUpAfter: 48 * hours,
  /** How often to look for mails of other instances. */
  lookEvery: 1 * minutes,
  /** While the database is unreachable. */
  retryDatabase: 5 * seconds,
  /** After a mail was queued outside of a request, or by a request that was aborted before the commit. */
  lookSoon: 2 * seconds,
  /** How long a transaction that queued a mail may take to commit. */
  commitWithin: 10 * seconds,
  /** No caller waits longer than this for the outbox to be empty; delivery continues. */
  patience: 5 * seconds,
  forgetEvery: 24 * hours,
};

export type OutboxTiming = typeof defaultTiming;

type WrittenMail = { claimed: ClaimedMail; mail: RenderedMail };

const eventOf = ({ id, template, attempts }: ClaimedMail) => ({ mailId: id, template, attempts });

/**
 * Empties the outbox, one batch at a time. A process has one; any number of processes share the outbox.
 *
 * While the provider is away one batch after the other is spent on finding out, not all of them at once.
 */
export class OutboxWorker {
  private readonly timing: OutboxTiming;
  private expectUntil = 0;
  private nextLookAt = 0;
  private pausedUntil = 0;
  private failuresInARow = 0;
  private lastSendAt = 0;
  private forgotAt = 0;
  private isAskedAgain = false;
  private isStopped = false;
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(timing: Partial<OutboxTiming> = {}) {
    this.timing = { ...defaultTiming, ...timing };
  }

  /** Records that a mail was queued and is about to be committed. */
  expectMail(): void {
    this.expectUntil = Date.now() + this.timing.commitWithin;
    const hasStarted = this.timer !== undefined;
    if (hasStarted && this.nextLookAt > Date.now() + this.timing.lookSoon) this.runIn(this.timing.lookSoon);
  }

  /** Delivers if a mail may be due; otherwise it costs a comparison. */
  async deliver(): Promise<void> {
    const now = Date.now();
    if (now < this.pausedUntil || (now > this.expectUntil && now < this.nextLookAt)) return;
    await this.drain();
  }

  /** Delivers due mails, and schedules the next run for later ones. It does not throw. */
  async drain(patience = this.timing.patience): Promise<void> {
    this.isAskedAgain = true;
    this.running ??= this.run();
    const impatience = new AbortController();
    await Promise.race([this.running, delay(patience, undefined, impatience).catch(() => {})]);
    impatience.abort();
  }

  /** Stops for good, after the batch in progress. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    try {
      do {
        this.isAskedAgain = false;
        await this.deliverDueMails();
        await this.deleteOldMailsDaily();
        await this.scheduleNextRun();
      } while (this.isAskedAgain && !this.isStopped);
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
      const written = await this.write(claimed);
      const decoys = written.filter(({ claimed }) => claimed.isDecoy);
      const mails = written.filter(({ claimed }) => !claimed.isDecoy);
      if (mails.length > 0) await this.deliverBatch(mails);
      if (decoys.length > 0) await this.discard(decoys);
    }
  }

  private async deliverBatch(mails: WrittenMail[]): Promise<void> {
    await delay(Math.max(0, this.lastSendAt + this.gapBetweenSends() - Date.now()));
    this.lastSendAt = Date.now();
    const batch = mails.map(({ claimed, mail }) => ({ id: claimed.id, mail }));
    const batchId = mails[0]?.claimed.batchId ?? "";
    const outcome = await send(batch, { batchId, timeoutMs: this.timing.sendTimeout });
    await this.recordOutcome(
      mails.map(({ claimed }) => claimed),
      outcome,
    );
  }

  /** Takes as long as sending a mail, so that its duration reveals nothing. */
  private async discard(decoys: WrittenMail[]): Promise<void> {
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

  /** A mail that cannot be rendered is postponed alone, and delays no other. */
  private async write(claimedMails: ClaimedMail[]): Promise<WrittenMail[]> {
    const written: WrittenMail[] = [];
    for (const claimed of claimedMails) {
      try {
        // React is loaded when the first mail is rendered, not when the server starts.
        const { renderMail } = await import("./render-mail");
        written.push({ claimed, mail: await renderMail(decryptMail(claimed), claimed.createdAt) });
      } catch (error) {
        log.error("mail.not-written", error, { mailId: claimed.id, template: claimed.template });
        await separateMails([claimed]);
        const reason = "it could not be written out; the log says why";
        await this.recordOutcome([claimed], { status: "misconfigured", reason });
      }
    }
    return written;
  }

  private async recordOutcome(mails: ClaimedMail[], outcome: SendOutcome): Promise<void> {
    // The provider answered, whatever it said.
    if (outcome.status !== "unavailable") this.failuresInARow = 0;

    if (outcome.status === "sent") {
      const [refused, sent] = [outcome.refused.flatMap((index) => mails[index] ?? []), new Set(mails)];
      for (const mail of refused) sent.delete(mail);
      await markSent([...sent]);
      for (const mail of sent) log.info("mail.sent", eventOf(mail));
      // Sent alone, each gets its own error from the provider.
      if (refused.length > 0) await separateMails(refused);
      return;
    }

    const { status, reason } = outcome;
    if (status === "refused" && mails.length > 1) {
      // It refuses the request as a whole, so none of them was sent.
      await separateMails(mails);
      return;
    }

    const isTooOld = (mail: ClaimedMail) => Date.now() - mail.createdAt.getTime() > this.timing.giveUpAfter;
    const lost = mails.filter((mail) => status === "refused" || isTooOld(mail));
    const waiting = mails.filter((mail) => !lost.includes(mail));
    if (lost.length > 0) await markMailsFailed(lost, reason);
    for (const mail of lost) log.error("mail.given-up", reason, eventOf(mail));

    if (status === "misconfigured") {
      if (waiting.length > 0) await postponeMails(waiting, this.timing.slowRetry, reason);
      for (const mail of waiting) log.error("mail.misconfigured", reason, eventOf(mail));
    } else if (status === "unavailable") {
      this.failuresInARow += 1;
      const asked = Math.min(outcome.retryAfterMs ?? 0, this.timing.longestRetryAfter);
      this.pausedUntil = Date.now() + Math.max(asked, this.retryWait(this.failuresInARow));
      const attempts = Math.max(...mails.map((mail) => mail.attempts));
      if (waiting.length > 0) await postponeMails(waiting, Math.max(asked, this.retryWait(attempts)), reason);
      for (const mail of waiting) log.warn("mail.delayed", { ...eventOf(mail), reason });
    }
  }

  private retryWait(failures: number): number {
    return Math.min(this.timing.firstRetry * 2 ** (failures - 1), this.timing.longestRetry);
  }

  private async deleteOldMailsDaily(): Promise<void> {
    if (Date.now() < this.forgotAt + this.timing.forgetEvery) return;
    this.forgotAt = Date.now();
    await deleteOldMails();
  }

  private async scheduleNextRun(): Promise<void> {
    const untilNextMail = (await timeUntilNextMail()) ?? this.timing.lookEvery;
    const untilResumed = this.pausedUntil - Date.now();
    this.runIn(Math.max(50, untilResumed, Math.min(untilNextMail, this.timing.lookEvery)));
  }

  private runIn(ms: number): void {
    clearTimeout(this.timer);
    this.nextLookAt = Date.now() + ms;
    this.timer = setTimeout(() => void this.drain(), ms);
    // It must not keep a script or a test from ending.
    this.timer.unref();
  }
}
