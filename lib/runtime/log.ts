type Fields = Record<string, string | number | boolean | null | undefined>;

/** The client of the request that causes an event. */
type Client = { ip: string; requestId: string };

/**
 * Logs an event as a line of JSON. Fields contain ids, codes and addresses, never a password, a token, a key or text
 * that a user wrote.
 */
export const log = {
  info: (event: string, fields: Fields = {}, client?: Client) =>
    write("info", event, { ...fields, ...requestOf(client) }),
  warn: (event: string, fields: Fields = {}, client?: Client) =>
    write("warn", event, { ...fields, ...requestOf(client) }),
  /** Logs the whole chain of causes, which the caller never sees. */
  error: (event: string, error: unknown, fields: Fields = {}) =>
    write("error", event, { ...fields, error: explain(error) }),
};

function write(level: "info" | "warn" | "error", event: string, fields: Fields): void {
  const line = JSON.stringify({ time: new Date().toISOString(), level, event, ...fields });
  if (level === "error") console.error(line);
  else console.log(line);
}

/** Of a client's fields, only these: a `User-Agent` is text that a user wrote. */
function requestOf(client: Client | undefined): Fields {
  return client ? { ip: client.ip, requestId: client.requestId } : {};
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${explain(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
