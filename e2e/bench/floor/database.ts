import { Pool } from "pg";

/** With as many connections as the app. */
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
