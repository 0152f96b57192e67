import "server-only";
import type { File } from "@/lib/generated/prisma/client";
import { type Picture, stripMetadata, toSquare } from "@/lib/images/pictures";

/** In pixels: a face is shown at 96 at most, on screens of up to four dots a pixel. */
const avatarSide = 512;

/** @returns what is kept of a picture, by what it is for. */
export function imageCleanerOf(
  file: Pick<File, "kind" | "id" | "ownerId">,
): (picture: Picture) => Promise<Picture> {
  const account = accountOf(file);
  return file.kind === "avatar"
    ? (picture) => toSquare(picture, avatarSide, account)
    : (picture) => stripMetadata(picture, account);
}

/** @returns whose pictures a file waits behind: its owner's. */
export function accountOf({ id, ownerId }: Pick<File, "id" | "ownerId">): string {
  return ownerId ?? id;
}
