import "server-only";
import type { File } from "@/lib/generated/prisma/client";
import { type Picture, stripMetadata, toSquare } from "@/lib/images/pictures";

/** In pixels: avatars are displayed at up to 96, on screens with up to four dots per pixel. */
const avatarSide = 512;

/** @returns the function that removes metadata from a picture, and reduces an avatar to its displayed size. */
export function imageCleanerOf(
  file: Pick<File, "kind" | "id" | "ownerId">,
): (picture: Picture) => Promise<Picture> {
  const account = accountOf(file);
  return file.kind === "avatar"
    ? (picture) => toSquare(picture, avatarSide, account)
    : (picture) => stripMetadata(picture, account);
}

/** @returns the account whose queue processes a file: its owner's. */
export function accountOf({ id, ownerId }: Pick<File, "id" | "ownerId">): string {
  return ownerId ?? id;
}
