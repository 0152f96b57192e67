import { parseArgs } from "node:util";
import { withDatabase } from "@/lib/database/commands/with-database";
import { setDatabaseUrl } from "@/lib/database/database-url";
import { migrate } from "@/lib/database/migrate";
import type { Result } from "@/lib/transfer/result";

/** Makes refused files easy to spot in the output. */
const symbols = { imported: "+", exported: "+", present: "=", refused: "!" } as const;

/** Prints the result of one file, with the progress. */
export function printResult({ file, outcome, reason, notes }: Result, done: number, total: number): void {
  const progress = total > 0 ? `[${done}/${total}]` : `[${done}]`;
  console.log(
    [progress, symbols[outcome], printable(file), outcome, printable(reason ?? "")].join(" ").trimEnd(),
  );
  for (const note of notes) console.log(`      ${printable(note)}`);
}

/** Prints the number of files by outcome. The exit code is 1 if one was refused. */
export function printSummary(results: readonly Result[], isDryRun = false): void {
  const count = (outcome: Result["outcome"]) => results.filter((result) => result.outcome === outcome).length;
  const parts = (["imported", "exported", "present", "refused"] as const)
    .map((outcome) => [count(outcome), outcome] as const)
    .filter(([number]) => number > 0)
    .map(([number, outcome]) => `${number} ${outcome}`);
  console.log(`\n${parts.join(", ") || "Nothing found"}${isDryRun ? "; nothing was written" : ""}.`);
  if (count("refused") > 0) process.exitCode = 1;
}

/** Replaces terminal control characters, which file names may contain. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "?");
}

/** Parses the command line; exits with the usage if it is not valid. */
export function readArguments(usage: string) {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { author: { type: "string" }, "dry-run": { type: "boolean", default: false } },
    });
    return { positionals, author: values.author?.trim().toLowerCase(), isDryRun: values["dry-run"] };
  } catch {
    return exitWith(usage);
  }
}

/** Prints an error and exits with code 1. */
export function exitWith(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

/** Migrates the database of the blog, runs a transfer on it, and closes its connections. */
export async function runTransfer(transfer: () => Promise<void>): Promise<void> {
  try {
    await withDatabase(async (url) => {
      await migrate(url);
      setDatabaseUrl(url);
      await transfer();
      // Imported late: it opens the pool, which must not happen before the database URL is set.
      const { pool } = await import("@/lib/core/db");
      await pool.end();
    });
  } catch (error) {
    exitWith(error instanceof Error ? error.message : String(error));
  }
}
