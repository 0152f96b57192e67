import { openEmbeddedDatabase } from "@/lib/database/embedded-database";

// A program that uses the embedded database in the folder it is given, until it is ended.

const { url } = await openEmbeddedDatabase({ dataDir: process.argv[2] ?? "" });
console.log(url);
setInterval(() => undefined, 60_000);
