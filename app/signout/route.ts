import { unstable_rethrow } from "next/navigation";
import { limit } from "@/lib/core/rate-limit";
import { errorTextResponse } from "@/lib/web/error-response";
import { closeWebSession, currentClient } from "@/lib/web/session/browser-session";

/**
 * Signs this browser out and leads to the front page. A route and no server action: a browser then loads a document
 * anew, and nothing of the pages before stays in its memory.
 */
export async function POST(): Promise<Response> {
  const client = await currentClient();
  try {
    await limit("request", client.ip);
    await closeWebSession();
    return new Response(null, { status: 303, headers: { Location: "/", "Cache-Control": "no-store" } });
  } catch (thrown) {
    unstable_rethrow(thrown);
    return errorTextResponse(thrown, "sign-out", client);
  }
}
