import { withDatabase } from "@/lib/database/commands/with-database";
import { type MakeAdminOutcome, makeAdmin } from "./make-admin";

// npm run make-admin <email>

const email = process.argv[2] ?? "";
if (!/^\S+@\S+$/.test(email)) {
  console.error("Name the email address of an account: npm run make-admin you@example.com");
  process.exit(1);
}

const outcome = await withDatabase((url) => makeAdmin(url, email));
const isDone = outcome.result === "made" || outcome.result === "is-admin-already";
(isDone ? console.log : console.error)(messageOf(outcome));
if (!isDone) process.exitCode = 1;

function messageOf(outcome: MakeAdminOutcome): string {
  switch (outcome.result) {
    case "no-tables":
      return "The database has no tables yet. Start the site once or run npm run db:migrate, then sign up and try again.";
    case "no-account":
      return `No account has the address ${email}. Sign up with it first.`;
    case "is-admin-already":
      return `${outcome.name} (${email}) is an admin already.`;
    case "made":
      return [
        `${outcome.name} (${email}) is an admin now.`,
        outcome.wasBanned && "The ban of the account is lifted.",
        !outcome.isConfirmed &&
          "The address is not confirmed: make sure that the account belongs to the person you mean.",
      ]
        .filter(Boolean)
        .join("\n");
  }
}
