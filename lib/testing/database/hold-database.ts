import { openEmbeddedDatabase } from "@/lib/database/embedded-database";

// A program that keeps the embedded database of a folder open until it is ended.

const { url } = await openEmbeddedDatabase({ dataDir: process.argv[2] ?? "" });
console.log(url);
setInterval(() => undefined, 60_000);
