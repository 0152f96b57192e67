import { notFound } from "next/navigation";
import { listMailbox } from "@/lib/email/mailbox";
import { showsDevelopmentPages } from "@/lib/web/development-pages";

/** The local mailbox as JSON, newest email first. */
export async function GET(request: Request): Promise<Response> {
  if (!showsDevelopmentPages(request.headers)) notFound();
  return Response.json(await listMailbox(), { headers: { "Cache-Control": "no-store" } });
}

export const dynamic = "force-dynamic";
