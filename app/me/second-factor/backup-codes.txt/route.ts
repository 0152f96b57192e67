import { AppError } from "@/lib/core/errors";
import { errorTextResponse } from "@/lib/web/error-response";
import { currentClient, requireCurrentUserOr401 } from "@/lib/web/session/browser-session";
import { findShownSecondFactor } from "@/lib/web/session/shown-second-factor";

/** The backup codes that the page shows, as a file. */
export async function GET(): Promise<Response> {
  try {
    const shown = await findShownSecondFactor(await requireCurrentUserOr401());
    if (!shown) throw new AppError("common/not-found");
    return new Response(`${shown.backupCodes.join("\n")}\n`, {
      headers: {
        "Cache-Control": "no-store",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Disposition": 'attachment; filename="backup-codes.txt"',
      },
    });
  } catch (thrown) {
    return errorTextResponse(thrown, "backup-codes", await currentClient());
  }
}
