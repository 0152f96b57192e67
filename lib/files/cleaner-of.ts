import "server-only";
import type { File } from "@/lib/generated/prisma/client";
import { type Picture, toSquare, withoutTraces } from "@/lib/images/pictures";

/** In pixels: a face is shown at 96 at most, on screens of up to four dots a pixel. */
const avatarSide = 512;

/** @returns what is kept of a picture, by what it is for. */
export function cleanerOf({ kind }: Pick<File, "kind">): (picture: Picture) => Promise<Picture> {
  return kind === "avatar" ? (picture) => toSquare(picture, avatarSide) : withoutTraces;
}
