import "server-only";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { env } from "@/lib/config/env";
import type { RenderedMail } from "./render-mail";

const mailboxEntry = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  /** Where the mail's button leads. */
  link: z.string().nullable(),
  /** ISO 8601. */
  sentAt: z.string(),
});

/** A mail in the local mailbox, which takes the provider's place while there is none. */
export type MailboxEntry = z.infer<typeof mailboxEntry>;

/** Puts a mail into the local mailbox: a file, there as a whole or not at all. The same id replaces it. */
export async function saveToMailbox(id: string, mail: RenderedMail): Promise<void> {
  const entry: MailboxEntry = { id, ...mail, sentAt: new Date().toISOString() };
  // Its links let one into accounts: for the eyes of this user alone.
  await mkdir(mailboxPath(), { recursive: true, mode: 0o700 });
  const file = mailboxPath(`${id}.json`);
  await writeFile(`${file}.part`, JSON.stringify(entry, null, 2), { mode: 0o600 });
  await rename(`${file}.part`, file);
}

/** Does what keeping a mail takes, and keeps nothing. */
export async function discardDecoy(id: string, mail: RenderedMail): Promise<void> {
  const entry: MailboxEntry = { id, ...mail, sentAt: new Date().toISOString() };
  await mkdir(mailboxPath(), { recursive: true, mode: 0o700 });
  const file = mailboxPath(`${id}.decoy`);
  await writeFile(file, JSON.stringify(entry, null, 2), { mode: 0o600 });
  await rm(file);
}

/** @returns the mails of the local mailbox, newest first. */
export async function listMailbox(): Promise<MailboxEntry[]> {
  const files = await readdir(mailboxPath()).catch(() => []);
  const entries = files
    .filter((file) => file.endsWith(".json"))
    .map(async (file) => mailboxEntry.parse(JSON.parse(await readFile(mailboxPath(file), "utf8"))));
  return (await Promise.all(entries)).sort(
    (a, b) => newestFirst(a.sentAt, b.sentAt) || newestFirst(a.id, b.id),
  );
}

function newestFirst(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0;
}

function mailboxPath(file = ""): string {
  // Without this comment the bundler would trace every file of such a name in the project.
  return join(/* turbopackIgnore: true */ env().DATA_DIR, "mailbox", file);
}
