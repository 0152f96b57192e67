import { exitWith, printResult, printSummary, readArguments, runTransfer } from "./command";

// npm run import -- markdown <folder> --author <email> [--dry-run]

const usage = "npm run import -- markdown|bkend <folder> --author <email> [--dry-run]";
const { positionals, author, isDryRun } = readArguments(usage);
const [kind, folder, ...rest] = positionals;
if ((kind !== "markdown" && kind !== "bkend") || !folder || !author || rest.length > 0) exitWith(usage);

await runTransfer(async () => {
  const [{ db }, { importMarkdown }, { importBkend }] = await Promise.all([
    import("@/lib/core/db"),
    import("@/lib/transfer/import-markdown"),
    import("@/lib/transfer/import-bkend"),
  ]);
  const user = await db.user.findUnique({ where: { email: author }, select: { id: true } });
  if (!user) exitWith(`There is no account with the address ${author}.`);
  const run = kind === "markdown" ? importMarkdown : importBkend;
  printSummary(await run({ folder, authorId: user.id, isDryRun, onResult: printResult }), isDryRun);
});
