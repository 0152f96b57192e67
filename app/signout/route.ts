import { unstable_rethrow } from "next/navigation";
import { limit } from "@/lib/core/rate-limit";
import { errorTextResponse } from "@/lib/web/error-response";
import { closeWebSession, currentClient } from "@/lib/web/session/browser-session";

/**
 * Signs this browser out and redirects to the front page. A route, not a server action: the browser loads a new
 * document, so that no earlier page stays in its memory.
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
