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

/** Resend's validation of a recipient. */
const isAddress = (to: string) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(to);

/** The state of the provider: working, or failing in one of these ways. */
export type ProviderState =
  | "well"
  /** Accepts the request and never responds. */
  | "hanging"
  /** Delivers the email, and closes the connection before the response. */
  | "dropping"
  | { status: number; name: string; retryAfter?: string };

/** A fake Resend, for its SDK with `RESEND_BASE_URL`. It delivers one email per idempotency key. */
export type MailProvider = {
  url: string;
  /** The delivered emails, by idempotency key; in a batch, followed by the index. */
  delivered: Map<string, SentMail>;
  /** The request bodies, by idempotency key: the same key with another body is rejected. */
  bodies: Map<string, string>;
  /** The idempotency key of every request, in order. */
  requests: string[];
  state: ProviderState;
  /** Whether one invalid email makes it reject the whole batch, as without permissive validation. */
  isStrict: boolean;
  /** Refuses connections until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
};

/** Starts a fake Resend, which accepts and keeps what the app sends. */
export async function startMailProvider(port = 0): Promise<MailProvider> {
  const server = createServer((request, response) => {
    handle(provider, request, response).catch(() => response.destroy());
  });
  const provider: MailProvider = {
    url: "",
    delivered: new Map(),
    bodies: new Map(),
    requests: [],
    state: "well",
    isStrict: false,
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

async function handle(provider: MailProvider, request: IncomingMessage, response: ServerResponse) {
  const key = String(request.headers["idempotency-key"]);
  const sent: unknown = await json(request);
  const isBatch = request.url === "/emails/batch";
  const mails = isBatch ? z.array(sentMail).min(1).max(100).parse(sent) : [sentMail.parse(sent)];
  provider.requests.push(key);
  const { state } = provider;
  if (state === "hanging") return;

  response.setHeader("Content-Type", "application/json");
  const sendError = (statusCode: number, name: string, message: string) => {
    response.statusCode = statusCode;
    response.end(JSON.stringify({ statusCode, name, message }));
  };
  if (typeof state === "object") {
    if (state.retryAfter) response.setHeader("Retry-After", state.retryAfter);
    sendError(state.status, state.name, "No.");
    return;
  }

  const invalid = mails.flatMap(({ to }, index) =>
    isAddress(to) ? [] : [{ index, message: "Invalid `to` field." }],
  );
  const isPermissive =
    isBatch && request.headers["x-batch-validation"] === "permissive" && !provider.isStrict;
  if (invalid.length > 0 && !isPermissive) {
    sendError(422, "validation_error", "Invalid `to` field.");
    return;
  }

  const body = JSON.stringify(mails);
  if ((provider.bodies.get(key) ?? body) !== body) {
    sendError(
      409,
      "invalid_idempotent_request",
      "Same idempotency key used with a different request payload.",
    );
    return;
  }
  provider.bodies.set(key, body);
  const ids: { id: string }[] = [];
  mails.forEach((mail, index) => {
    if (invalid.some((problem) => problem.index === index)) return;
    const id = isBatch ? `${key}-${index}` : key;
    provider.delivered.set(id, mail);
    ids.push({ id });
  });
  if (state === "dropping") response.destroy();
  else
    response.end(JSON.stringify(isBatch ? { data: ids, ...(isPermissive && { errors: invalid }) } : ids[0]));
}
