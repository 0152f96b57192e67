type Fields = Record<string, string | number | boolean | null | undefined>;

/**
 * Logs an event as a line of JSON. Fields contain ids, codes and addresses, never a password, a token, a key or text
 * that a user wrote.
 */
export const log = {
  info: (event: string, fields: Fields = {}) => write("info", event, fields),
  warn: (event: string, fields: Fields = {}) => write("warn", event, fields),
  /** Logs the whole chain of causes, which the caller never sees. */
  error: (event: string, error: unknown, fields: Fields = {}) =>
    write("error", event, { ...fields, error: explain(error) }),
};

function write(level: "info" | "warn" | "error", event: string, fields: Fields): void {
  const line = JSON.stringify({ time: new Date().toISOString(), level, event, ...fields });
  if (level === "error") console.error(line);
  else console.log(line);
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${explain(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
