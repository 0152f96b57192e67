import "server-only";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { env } from "@/lib/config/env";
import { removeOldFiles } from "@/lib/runtime/remove-old-files";
import type { RenderedMail } from "./render-mail";

const mailboxEntry = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  /** The link of its button. */
  link: z.string().nullable(),
  /** ISO 8601. */
  sentAt: z.string(),
});

/** An email in the local mailbox, which replaces the provider while none is configured. */
export type MailboxEntry = z.infer<typeof mailboxEntry>;

/** Saves an email to the local mailbox, atomically as a file. An email with the same id is replaced. */
export async function saveToMailbox(id: string, mail: RenderedMail): Promise<void> {
  await rename(await writePart(id, mail), mailboxPath(`${id}.json`));
}

/** Does the same work as saving an email, so that it takes as long, and saves nothing. */
export async function discardDecoy(id: string, mail: RenderedMail): Promise<void> {
  await rm(await writePart(id, mail));
}

/** @returns the path of a file that does not count as an email until it is renamed. */
async function writePart(id: string, mail: RenderedMail): Promise<string> {
  const entry: MailboxEntry = { id, ...mail, sentAt: new Date().toISOString() };
  // Its links give access to accounts: only this user of the machine may read it.
  await mkdir(mailboxPath(), { recursive: true, mode: 0o700 });
  const part = mailboxPath(`${id}.json.part`);
  await writeFile(part, JSON.stringify(entry, null, 2), { mode: 0o600 });
  return part;
}

/** @returns the emails of the local mailbox, newest first. */
export async function listMailbox(): Promise<MailboxEntry[]> {
  const files = await readdir(mailboxPath()).catch(() => []);
  const entries = files
    .filter((file) => file.endsWith(".json"))
    .map(async (file) => mailboxEntry.parse(JSON.parse(await readFile(mailboxPath(file), "utf8"))));
  return (await Promise.all(entries)).sort((a, b) => (a.sentAt + a.id < b.sentAt + b.id ? 1 : -1));
}

/** Deletes emails of the local mailbox after 30 days, as those of the outbox. */
export async function deleteOldMailboxEntries(): Promise<void> {
  await removeOldFiles(mailboxPath(), new Date(Date.now() - 30 * 24 * 3600 * 1000));
}

function mailboxPath(file = ""): string {
  // Without this comment the bundler would trace every file of that name in the project.
  return join(/* turbopackIgnore: true */ env().DATA_DIR, "mailbox", file);
}
