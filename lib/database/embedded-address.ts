const applicationName = "embedded-database";

/** @returns the URL of an embedded database, which `isEmbedded` recognises. */
export function embeddedAddress({ port, password }: { port: number; password: string }): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres?application_name=${applicationName}`;
}

/** @returns whether a URL is that of an embedded database, where all connections share one session. */
export function isEmbedded(address: string | undefined): boolean {
  return Boolean(address?.endsWith(`?application_name=${applicationName}`));
}
