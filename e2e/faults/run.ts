import { existsSync } from "node:fs";
import { openPostgresServer, type PostgresServer } from "../postgres-server";
import { accessRaces, lastAdminRace } from "./access-races";
import { appKilled, appTerminated } from "./app-faults";
import { databaseDown, databaseFrozen, databaseKilled, statementsSlow } from "./database-faults";
import { guestPageFlood, guestPageRace } from "./guest-pages";
import { clientLoad, signInLoad, signInTiming } from "./load";
import { stopAllLoops } from "./loops";
import { migrationRace } from "./migration-race";
import { throughPooler } from "./pooler";
import { deletionRace, endedElsewhere, lateBodies, refreshRace, revocationRaces } from "./revocation-races";
import {
  linkAndInvitationRace,
  passkeyChallengeRace,
  secondFactorRace,
  signUpRace,
  wrongPasswordRace,
} from "./single-use-races";
import { SkippedError } from "./skipped-error";

// Tests races and faults on the production build with a full PostgreSQL server. Prints a line per case:
//   npm run test:faults             all of them
//   npm run test:faults -- R3 slow  those with this id, or this word in the title
//   npm run test:faults -- pooler   those through PgBouncer, if it is installed

type FaultCase = {
  id: string;
  title: string;
  /** @returns the measurements. @throws Error when an assertion fails. */
  run(server: PostgresServer): Promise<string>;
};

const cases: FaultCase[] = [
  { id: "S13", title: "50 sign-ups of one address at once, two instances", run: signUpRace },
  {
    id: "M2",
    title: "50 uses of one sign-in link and of one invitation, two instances",
    run: linkAndInvitationRace,
  },
  { id: "I2", title: "sign-in time does not reveal who has an account", run: signInTiming },
  { id: "I7", title: "100 users sign in at once, the server stays responsive", run: signInLoad },
  { id: "T5", title: "sessions ended on one instance are rejected by the other", run: endedElsewhere },
  { id: "R3", title: "100 refreshes of one token at once, two instances", run: refreshRace },
  { id: "R4", title: "a refresh races sign-out, password change and ban", run: revocationRaces },
  { id: "T5", title: "requests whose session ends before their body is complete", run: lateBodies },
  { id: "R4", title: "an article is saved while its author's account is deleted", run: deletionRace },
  { id: "R4", title: "access changes race each other and a sign-out", run: accessRaces },
  { id: "D2", title: "two admins demote, ban and delete each other at once", run: lastAdminRace },
  { id: "G1", title: "guest pages are never stale, two instances", run: guestPageRace },
  {
    id: "G3",
    title: "more pages, URLs and languages than the cache of guest pages holds",
    run: guestPageFlood,
  },
  { id: "M2", title: "50 uses of one code and of one backup code, two instances", run: secondFactorRace },
  { id: "M2", title: "50 responses to one passkey challenge, two instances", run: passkeyChallengeRace },
  { id: "I6", title: "50 wrong passwords for one account at once, two instances", run: wrongPasswordRace },
  { id: "C1", title: "kill -9 the app while it writes", run: appKilled },
  { id: "C2", title: "kill -9 PostgreSQL during sign-up, refresh and password reset", run: databaseKilled },
  { id: "C3", title: "the database is down", run: databaseDown },
  { id: "C3", title: "the database is frozen", run: databaseFrozen },
  { id: "C3", title: "some statements are slow", run: statementsSlow },
  { id: "C4", title: "500 clients on 10 database connections", run: clientLoad },
  { id: "C8", title: "SIGTERM under load", run: appTerminated },
  ...[
    { title: "two instances migrate one empty database", run: migrationRace },
    { title: "guest pages are never stale", run: guestPageRace },
    { title: "50 wrong passwords for one account at once", run: wrongPasswordRace },
    { title: "100 refreshes of one token at once", run: refreshRace },
    { title: "50 uses of one code and of one backup code", run: secondFactorRace },
    { title: "requests whose session ends before their body is complete", run: lateBodies },
    { title: "some statements are slow", run: statementsSlow },
  ].map(({ title, run }) => ({
    id: "pooler",
    title: `through PgBouncer: ${title}`,
    run: throughPooler(run),
  })),
];

if (!existsSync(".next/BUILD_ID")) throw new Error("The faults need the production build: npm run build");

const wanted = process.argv.slice(2);
const server = await openPostgresServer();
try {
  for (const faultCase of cases) {
    const isWanted = wanted.some((word) => faultCase.id === word || faultCase.title.includes(word));
    if (wanted.length === 0 || isWanted) await runCase(faultCase);
  }
} finally {
  await server.stop();
}

async function runCase({ id, title, run }: FaultCase): Promise<void> {
  const startedAt = performance.now();
  let verdict = "ok";
  let measured: string;
  try {
    measured = await run(server);
  } catch (error) {
    if (error instanceof SkippedError) {
      verdict = "skipped";
      measured = error.message;
    } else {
      verdict = "FAILED";
      measured = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.exitCode = 1;
    }
  } finally {
    stopAllLoops();
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(`${verdict.padEnd(7)} ${id.padEnd(6)} ${title} (${seconds} s): ${measured}`);
}
