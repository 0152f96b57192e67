import "server-only";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";

/** Uses an upload of the server itself. If its use is refused, the upload no longer counts toward the quota. */
export async function discardRefused<Result>(key: string, use: () => Promise<Result>): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    // After any other error, the use may have been saved.
    if (error instanceof AppError && error.status < 500) {
      await db.file.updateMany({ where: { key, removedAt: null }, data: { removedAt: new Date() } });
    }
    throw error;
  }
}
