import { exitWith, printResult, printSummary, readArguments, runTransfer } from "./command";

// npm run export -- <folder> [--author <email>]

const usage = "npm run export -- <folder> [--author <email>]";
const { positionals, author } = readArguments(usage);
const [folder, ...rest] = positionals;
if (!folder || rest.length > 0) exitWith(usage);

await runTransfer(async () => {
  const [{ db }, { exportMarkdown }] = await Promise.all([
    import("@/lib/core/db"),
    import("@/lib/transfer/export-markdown"),
  ]);
  const user = author && (await db.user.findUnique({ where: { email: author }, select: { id: true } }));
  if (user === null) exitWith(`There is no account with the address ${author}.`);
  printSummary(await exportMarkdown({ folder, authorId: user ? user.id : undefined, onResult: printResult }));
});
