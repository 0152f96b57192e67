const applicationName = "embedded-database";

/** @returns the address of an embedded database, which says that it is one. */
export function embeddedAddress({ port, password }: { port: number; password: string }): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres?application_name=${applicationName}`;
}

/** @returns whether an address is that of an embedded database, of which there is one session for all connections. */
export function isEmbedded(address: string | undefined): boolean {
  return Boolean(address?.endsWith(`?application_name=${applicationName}`));
}
