import { openEmbeddedDatabase } from "@/lib/database/embedded-database";

// Keeps the embedded database of a folder open until the process is killed.

const { url } = await openEmbeddedDatabase({ dataDir: process.argv[2] ?? "" });
console.log(url);
setInterval(() => undefined, 60_000);
