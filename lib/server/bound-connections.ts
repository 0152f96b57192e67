import "server-only";
import { channel } from "node:diagnostics_channel";
import { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * How long a connection stays open without a request, unless `--keepAliveTimeout` says longer. Proxies and clients reuse
 * one for up to a minute: closed earlier, as Node.js does after five seconds, it would lose the request on its way.
 */
const idleConnectionMs = 65_000;
/** How long requests in progress may take after a termination signal. */
const lastRequestsMs = 5_000;
/** After this the process exits in any case; a process manager kills it after ten seconds. */
const lastWorkMs = 9_000;

/**
 * Keeps idle connections open for as long as proxies use them, and closes all in time after a termination signal.
 * Next.js exits when the last connection is closed, and leaves that to the clients: one that sends its headers byte by
 * byte would keep the process alive forever.
 *
 * (In development Next.js closes them itself, and needs `Upgrade` for hot reloading.)
 */
export function boundConnections(): void {
  const open = new Set<Socket>();
  channel("net.server.socket").subscribe((message) => {
    // Node.js documents the message of this channel.
    const { socket } = message as { socket: Socket & { server?: unknown } };
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    if (socket.server instanceof Server) {
      ignoreUpgrades(socket.server);
      socket.server.keepAliveTimeout = Math.max(socket.server.keepAliveTimeout, idleConnectionMs);
    }
  });

  const endInTime = (exitCode: number) => {
    setTimeout(() => {
      for (const socket of open) socket.destroy();
    }, lastRequestsMs);
    setTimeout(() => process.exit(exitCode), lastWorkMs);
  };
  process.once("SIGTERM", () => endInTime(143));
  process.once("SIGINT", () => endInTime(130));
}

/**
 * No route supports another protocol, but Next.js accepts a request with `Upgrade` and neither responds nor closes its
 * connection. Without a listener, Node.js handles it as a normal HTTP request.
 *
 * @see RFC 9110, section 7.8: a server may ignore the header
 */
function ignoreUpgrades(server: Server): void {
  server.removeAllListeners("upgrade");
}
