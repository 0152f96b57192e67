import { existsSync } from "node:fs";
import { openPostgresServer, type PostgresServer } from "../postgres-server";
import { appEnded, appKilled } from "./app-faults";
import { clientCrowd, signInCrowd, signInTiming } from "./crowds";
import { databaseDown, databaseFrozen, databaseKilled, NotOurs, statementsSlow } from "./database-faults";
import {
  accessRaces,
  endedElsewhere,
  lateBodies,
  refreshRace,
  revocationRaces,
  secondFactorRace,
  signUpRace,
} from "./races";
import { endLeftovers } from "./waiting";

// True races and faults, on the production build and a full PostgreSQL server, a line each:
//   npm run test:faults             all of them
//   npm run test:faults -- R3 C8    some of them

type FaultCase = {
  id: string;
  title: string;
  /** @returns what was measured. It throws when something does not hold. */
  run(server: PostgresServer): Promise<string>;
};

const cases: FaultCase[] = [
  { id: "S13", title: "50 sign-ups of one address at once, two instances", run: signUpRace },
  { id: "I2", title: "time does not tell who has an account", run: signInTiming },
  { id: "I7", title: "a crowd signs in, the server stays awake", run: signInCrowd },
  { id: "T5", title: "ended or banned on one instance, refused on the other", run: endedElsewhere },
  { id: "R3", title: "100 refreshes of one token at once, two instances", run: refreshRace },
  { id: "R4", title: "a refresh against sign-out, new password and ban", run: revocationRaces },
  { id: "T5", title: "bodies that are complete after their session ended", run: lateBodies },
  { id: "R4", title: "changes of access against each other and a sign-out", run: accessRaces },
  { id: "M2", title: "50 uses of one code and of one backup code, two instances", run: secondFactorRace },
  { id: "C1", title: "kill -9 the app while it writes", run: appKilled },
  { id: "C2", title: "kill -9 PostgreSQL in sign-up, refresh and reset", run: databaseKilled },
  { id: "C3", title: "the database is down", run: databaseDown },
  { id: "C3", title: "the database is frozen", run: databaseFrozen },
  { id: "C3", title: "some statements are slow", run: statementsSlow },
  { id: "C4", title: "500 clients on 10 connections", run: clientCrowd },
  { id: "C8", title: "SIGTERM under load", run: appEnded },
];

if (!existsSync(".next/BUILD_ID")) throw new Error("The faults need the production build: npm run build");

const wanted = process.argv.slice(2);
const server = await openPostgresServer();
try {
  for (const faultCase of cases) {
    if (wanted.length === 0 || wanted.includes(faultCase.id)) await tryOut(faultCase);
  }
} finally {
  await server.stop();
}

async function tryOut({ id, title, run }: FaultCase): Promise<void> {
  const startedAt = performance.now();
  let verdict = "ok";
  let measured: string;
  try {
    measured = await run(server);
  } catch (error) {
    if (error instanceof NotOurs) {
      verdict = "skipped";
      measured = error.message;
    } else {
      verdict = "FAILED";
      measured = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.exitCode = 1;
    }
  } finally {
    endLeftovers();
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(`${verdict.padEnd(7)} ${id.padEnd(4)} ${title} (${seconds} s): ${measured}`);
}
