import { notFound } from "next/navigation";
import { listMailbox } from "@/lib/email/mailbox";
import { env } from "@/lib/env";

/** The local mailbox for programs, newest mail first. It does not exist in production. */
export async function GET(): Promise<Response> {
  if (env().isProduction) notFound();
  return Response.json(await listMailbox(), { headers: { "Cache-Control": "no-store" } });
}

export const dynamic = "force-dynamic";
