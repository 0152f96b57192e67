import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const dataDir = await mkdtemp(join(tmpdir(), "blog-mailbox-"));
process.env.DATA_DIR = dataDir;
const { listMailbox, saveToMailbox } = await import("./mailbox");
const { send } = await import("./send");

afterAll(() => rm(dataDir, { recursive: true }));

const letter = (subject: string) => ({
  to: "a@example.com",
  subject,
  html: "<p>x</p>",
  text: "x",
  link: null,
});

const keep = (id: string, subject: string) =>
  send([{ id, mail: letter(subject) }], { batchId: id, timeoutMs: 1000 });

test("a mailbox that nothing came to is empty", async () => {
  expect(await listMailbox()).toEqual([]);
});

test("without a provider mails come to the mailbox, newest first, the same one once", async () => {
  await keep("0001", "first");
  await keep("0002", "second");
  await keep("0002", "second");
  expect((await listMailbox()).map(({ subject }) => subject)).toEqual(["second", "first"]);
});

test("a mail that is still being written is not read", async () => {
  await writeFile(join(dataDir, "mailbox", "0003.json.part"), '{"id": "0003", "to');
  expect((await listMailbox()).map(({ id }) => id)).not.toContain("0003");
});

test("no other user of the machine can read the mails", async () => {
  await saveToMailbox("0004", letter("private"));
  const folder = join(dataDir, "mailbox");
  expect((await stat(folder)).mode & 0o077).toBe(0);
  for (const file of await readdir(folder)) {
    if (file.endsWith(".json")) expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
  }
});

test("a mailbox that cannot be written keeps the mail waiting", async () => {
  await rm(join(dataDir, "mailbox"), { recursive: true });
  await writeFile(join(dataDir, "mailbox"), "not a folder");
  expect(await keep("0005", "stuck")).toMatchObject({
    status: "misconfigured",
  });
  await rm(join(dataDir, "mailbox"));
});
