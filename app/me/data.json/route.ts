import { unstable_rethrow } from "next/navigation";
import { AppError } from "@/lib/core/errors";
import { exportOwnData } from "@/lib/users/export-user";
import { errorTextResponse } from "@/lib/web/error-response";
import { isFromOtherSite, isNavigation } from "@/lib/web/navigation";
import { currentClient, requireFreshCurrentUser } from "@/lib/web/session/browser-session";

/** The data export of the signed-in user, as a file. */
export async function GET({ headers }: Request): Promise<Response> {
  const client = await currentClient();
  try {
    // The export sends the user an email: another site must not be able to trigger it.
    if (!isNavigation(headers) || isFromOtherSite(headers)) throw new AppError("common/navigation-required");
    const chunks = await exportOwnData(await requireFreshCurrentUser("/me/data"), client);
    return new Response(streamOf(chunks), {
      headers: {
        "Cache-Control": "no-store",
        "Content-Type": "application/json; charset=utf-8",
        "Content-Disposition": 'attachment; filename="my-data.json"',
      },
    });
  } catch (thrown) {
    unstable_rethrow(thrown);
    return errorTextResponse(thrown, "export", client);
  }
}

/** Reads one chunk at a time, when the client is ready for it. */
function streamOf(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
