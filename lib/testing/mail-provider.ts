import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { z } from "zod";

const sentMail = z.object({
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
});

export type SentMail = z.infer<typeof sentMail>;

/** How a provider can be: well, or ill in one of these ways. */
export type ProviderState =
  | "well"
  /** Takes the request and never answers. */
  | "hanging"
  /** Delivers the mail, and cuts the line before it says so. */
  | "dropping"
  | { status: number; name: string; retryAfter?: string };

/** A stand-in for Resend, for its own SDK by `RESEND_BASE_URL`: it delivers once what has the same key. */
export type MailProvider = {
  url: string;
  /** What people got, by idempotency key. */
  delivered: Map<string, SentMail>;
  /** The idempotency key of every request, in order. */
  requests: string[];
  state: ProviderState;
  /** From now on connections are refused, until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
};

/** Starts a mail service that takes what the app sends to Resend, and remembers it. */
export async function startMailProvider(port = 0): Promise<MailProvider> {
  const server = createServer((request, response) => {
    answer(provider, request, response).catch(() => response.destroy());
  });
  const provider: MailProvider = {
    url: "",
    delivered: new Map(),
    requests: [],
    state: "well",
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
    async start() {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      ({ port } = server.address() as AddressInfo);
      provider.url = `http://127.0.0.1:${port}`;
    },
  };
  await provider.start();
  return provider;
}

async function answer(provider: MailProvider, request: IncomingMessage, response: ServerResponse) {
  const key = String(request.headers["idempotency-key"]);
  const mail = sentMail.parse(await json(request));
  provider.requests.push(key);
  const { state } = provider;
  if (state === "hanging") return;

  response.setHeader("Content-Type", "application/json");
  if (typeof state === "object") {
    if (state.retryAfter) response.setHeader("Retry-After", state.retryAfter);
    response.statusCode = state.status;
    response.end(JSON.stringify({ statusCode: state.status, name: state.name, message: "No." }));
    return;
  }

  provider.delivered.set(key, mail);
  if (state === "dropping") response.destroy();
  else response.end(JSON.stringify({ id: key }));
}
