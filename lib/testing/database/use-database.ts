import { inject } from "vitest";

// Runs before each file of unit tests, before anything reads the settings.
process.env.DATABASE_URL = inject("databaseUrl");
process.env.DATA_DIR = inject("dataDir");
