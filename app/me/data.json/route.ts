import { unstable_rethrow } from "next/navigation";
import { after } from "next/server";
import { currentClient, requireFreshWebUser } from "@/lib/auth/web-session";
import { deliverMail } from "@/lib/email/outbox";
import { limit } from "@/lib/http/rate-limit";
import { noteRefusal } from "@/lib/http/refusals";
import { errorMessage } from "@/lib/i18n/translate";
import { exportOwnData } from "@/lib/users/export-user";

/** Everything that is stored about whoever is signed in, as a file. */
export async function GET(): Promise<Response> {
  const client = await currentClient();
  try {
    await limit("request", client.ip);
    after(deliverMail);
    const pieces = await exportOwnData(await requireFreshWebUser("/me/data"), client);
    return new Response(streamOf(pieces), {
      headers: {
        "Cache-Control": "no-store",
        "Content-Type": "application/json; charset=utf-8",
        "Content-Disposition": 'attachment; filename="my-data.json"',
      },
    });
  } catch (thrown) {
    unstable_rethrow(thrown);
    const { code, status, retryAfterSeconds } = noteRefusal("export", thrown, client);
    return new Response(errorMessage(code, client.locale), {
      status,
      headers: {
        "Cache-Control": "no-store",
        "Content-Type": "text/plain; charset=utf-8",
        ...(retryAfterSeconds !== undefined && { "Retry-After": String(retryAfterSeconds) }),
      },
    });
  }
}

/** One piece at a time, as the reader takes them. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
