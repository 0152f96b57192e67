import { spawn } from "node:child_process";
import { once } from "node:events";
import { withDatabase } from "./with-database";

// npm run db:studio

await withDatabase(async (url) => {
  const studio = spawn(process.execPath, ["node_modules/prisma/build/index.js", "studio", "--url", url], {
    stdio: "inherit",
  });
  // Ctrl-C reaches both processes. This one waits until Prisma Studio has exited, then releases the database.
  process.on("SIGINT", () => undefined);
  await once(studio, "exit");
});
