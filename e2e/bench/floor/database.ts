import { Pool } from "pg";

/** As many connections as the app has. */
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
