import { createServer } from "node:http";
import { startMailProvider } from "@/lib/testing/servers/mail-provider";

// Stands in for Resend while the journeys run. The app sends to it through Resend's own SDK; the journeys read
// here what people got.

const provider = await startMailProvider(Number(process.env.E2E_MAIL_PORT));

createServer((request, response) => {
  const to = new URL(request.url ?? "/", "http://localhost").searchParams.get("to");
  const mails = [...provider.delivered.values()].filter((mail) => mail.to === to);
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(mails));
}).listen(Number(process.env.E2E_MAILBOX_PORT), "127.0.0.1");
