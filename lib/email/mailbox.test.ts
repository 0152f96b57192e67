import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const dataDir = await mkdtemp(join(tmpdir(), "blog-mailbox-"));
process.env.DATA_DIR = dataDir;
const { listMailbox, saveToMailbox } = await import("./mailbox");
const { send } = await import("./send");

afterAll(() => rm(dataDir, { recursive: true }));

const rendered = (subject: string) => ({
  to: "a@example.com",
  subject,
  html: "<p>x</p>",
  text: "x",
  link: null,
});

const sendLocally = (id: string, subject: string) =>
  send([{ id, mail: rendered(subject) }], { batchId: id, timeoutMs: 1000 });

test("an unused mailbox is empty", async () => {
  expect(await listMailbox()).toEqual([]);
});

test("without a provider emails are saved to the mailbox, newest first, each once", async () => {
  await sendLocally("0001", "first");
  await sendLocally("0002", "second");
  await sendLocally("0002", "second");
  expect((await listMailbox()).map(({ subject }) => subject)).toEqual(["second", "first"]);
});

test("an email that is still being written is not read", async () => {
  await writeFile(join(dataDir, "mailbox", "0003.json.part"), '{"id": "0003", "to');
  expect((await listMailbox()).map(({ id }) => id)).not.toContain("0003");
});

test("no other user of the machine can read the emails", async () => {
  await saveToMailbox("0004", rendered("private"));
  const folder = join(dataDir, "mailbox");
  expect((await stat(folder)).mode & 0o077).toBe(0);
  for (const file of await readdir(folder)) {
    if (file.endsWith(".json")) expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
  }
});

test("if the mailbox cannot be written, the email stays queued", async () => {
  await rm(join(dataDir, "mailbox"), { recursive: true });
  await writeFile(join(dataDir, "mailbox"), "not a folder");
  expect(await sendLocally("0005", "stuck")).toMatchObject({
    status: "misconfigured",
  });
  await rm(join(dataDir, "mailbox"));
});
