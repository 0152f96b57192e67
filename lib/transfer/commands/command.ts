import { parseArgs } from "node:util";
import { withDatabase } from "@/lib/database/commands/with-database";
import { setDatabaseUrl } from "@/lib/database/database-url";
import { migrate } from "@/lib/database/migrate";
import type { Result } from "@/lib/transfer/result";

/** What is imported at once is looked at by a person, who reads what went wrong more easily below. */
const marks = { imported: "+", exported: "+", present: "=", refused: "!" } as const;

/** Prints the progress of a transfer, a line a file. */
export function printResult({ file, outcome, reason, notes }: Result, done: number, total: number): void {
  const counted = total > 0 ? `[${done}/${total}]` : `[${done}]`;
  console.log(
    [counted, marks[outcome], printable(file), outcome, printable(reason ?? "")].join(" ").trimEnd(),
  );
  for (const note of notes) console.log(`      ${printable(note)}`);
}

/** Prints how many files came through. The exit code says whether one was refused. */
export function printSummary(results: readonly Result[], isDryRun = false): void {
  const count = (outcome: Result["outcome"]) => results.filter((result) => result.outcome === outcome).length;
  const parts = (["imported", "exported", "present", "refused"] as const)
    .map((outcome) => [count(outcome), outcome] as const)
    .filter(([number]) => number > 0)
    .map(([number, outcome]) => `${number} ${outcome}`);
  console.log(`\n${parts.join(", ") || "Nothing found"}${isDryRun ? "; nothing was written" : ""}.`);
  if (count("refused") > 0) process.exitCode = 1;
}

/** Names of files may contain what steers a terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "?");
}

/** Reads a command line; ends the command with how to write it where it cannot be read. */
export function readArguments(usage: string) {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { author: { type: "string" }, "dry-run": { type: "boolean", default: false } },
    });
    return { positionals, author: values.author?.trim().toLowerCase(), isDryRun: values["dry-run"] };
  } catch {
    return endWith(usage);
  }
}

/** Ends the command with a sentence about what is wrong. */
export function endWith(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

/** Runs a transfer on the migrated database of the blog, and closes its connections. */
export async function runTransfer(transfer: () => Promise<void>): Promise<void> {
  try {
    await withDatabase(async (url) => {
      await migrate(url);
      setDatabaseUrl(url);
      await transfer();
      // Imported late: it opens the pool, which must not happen before the address of the database is known.
      const { pool } = await import("@/lib/core/db");
      await pool.end();
    });
  } catch (error) {
    endWith(error instanceof Error ? error.message : String(error));
  }
}
