import { spawn } from "node:child_process";
import { once } from "node:events";
import { withDatabase } from "./with-database";

// npm run db:studio

await withDatabase(async (url) => {
  const studio = spawn(process.execPath, ["node_modules/prisma/build/index.js", "studio", "--url", url], {
    stdio: "inherit",
  });
  // Ctrl-C reaches both of us. It is the studio's to end, and then ours to give the database back.
  process.on("SIGINT", () => undefined);
  await once(studio, "exit");
});
