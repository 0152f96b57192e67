import { createServer } from "node:http";
import { startMailProvider } from "@/lib/testing/servers/mail-provider";

// A fake Resend for the end-to-end tests. The app sends to it with Resend's SDK; the tests read the delivered emails
// from a second port.

const provider = await startMailProvider(Number(process.env.E2E_MAIL_PORT));

createServer((request, response) => {
  const to = new URL(request.url ?? "/", "http://localhost").searchParams.get("to");
  const mails = [...provider.delivered.values()].filter((mail) => mail.to === to);
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(mails));
}).listen(Number(process.env.E2E_MAILBOX_PORT), "127.0.0.1");
