import "server-only";
import type { File } from "@/lib/generated/prisma/client";
import { type Picture, requirePicture, stripMetadata, toSquare } from "@/lib/images/pictures";

/** In pixels: avatars are displayed at up to 96, on screens with up to four dots per pixel. */
const avatarSide = 512;

/**
 * Validates the bytes of an image, removes metadata, and reduces an avatar to its displayed size.
 *
 * @param type the media type that the bytes must have.
 * @throws AppError as `requirePicture`.
 */
export async function cleanImage(
  bytes: Buffer,
  type: string,
  file: Pick<File, "kind" | "id" | "ownerId">,
): Promise<Picture> {
  const account = accountOf(file);
  const picture = await requirePicture(bytes, type, account);
  return file.kind === "avatar" ? toSquare(picture, avatarSide, account) : stripMetadata(picture, account);
}

/** @returns the account whose queue processes a file: its owner's. */
export function accountOf({ id, ownerId }: Pick<File, "id" | "ownerId">): string {
  return ownerId ?? id;
}
