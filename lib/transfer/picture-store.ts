import "server-only";
import { createHash } from "node:crypto";
import { basename, posix } from "node:path";
import { db } from "@/lib/core/db";
import { storeImage } from "@/lib/files/create-file";
import { describeImage, type UploadedImage } from "@/lib/files/uploads/uploaded-image";
import { imagePathOf } from "@/lib/images/image-path";
import { imageTypeOfName, maxImageBytes } from "@/lib/images/image-types";
import { requirePicture } from "@/lib/images/pictures";
import { normalizeText } from "@/lib/runtime/normalize-text";
import { readInside } from "./reading/folder";

/** A picture in the folder that a text refers to. */
export type FoundPicture = UploadedImage & { hash: string };

/** Stores the pictures that texts refer to, each of them once. */
export class PictureStore {
  private readonly paths = new Map<string, string>();

  constructor(
    private readonly root: string,
    private readonly ownerId: string,
  ) {}

  /**
   * Finds and checks the picture that a text refers to.
   *
   * @param address as written in the text.
   * @returns null for an external URL; the reason if the picture does not exist or its type is not supported.
   * @throws Refused for a path outside of the folder, AppError `file/invalid-format`, `file/file-too-large`,
   *   `file/invalid-name` (400) for a file whose content does not match its name.
   */
  async find(address: string, textPath: string): Promise<FoundPicture | string | null> {
    const path = localPathOf(address);
    if (path === null) return null;
    if (!imageTypeOfName(path)) return `${address} is not a JPEG, PNG, GIF or WebP picture.`;
    for (const candidate of candidates(path, textPath)) {
      const bytes = await readInside(this.root, candidate, maxImageBytes);
      if (!bytes) continue;
      const picture = { filename: normalizeText(basename(candidate)), bytes, hash: hashOf(bytes) };
      if (!this.paths.has(picture.hash)) await this.check(picture);
      return picture;
    }
    return `${address} does not exist.`;
  }

  private async check(picture: FoundPicture): Promise<void> {
    await requirePicture(picture.bytes, describeImage(picture).mimeType, this.ownerId);
  }

  /**
   * Stores pictures.
   *
   * @returns `pathOf` for their paths on this site, and `undo` to remove those that were added by this call.
   * @throws AppError `file/quota-exceeded` (403), `common/unavailable` (503), after undoing everything.
   */
  async store(
    pictures: readonly FoundPicture[],
  ): Promise<{ pathOf: (picture: FoundPicture) => string | undefined; undo: () => Promise<void> }> {
    const added: { key: string; hash: string }[] = [];
    const undo = async () => {
      for (const { hash } of added) this.paths.delete(hash);
      await db.file.updateMany({
        where: { key: { in: added.map(({ key }) => key) } },
        data: { removedAt: new Date() },
      });
    };
    try {
      for (const picture of pictures) {
        if (this.paths.has(picture.hash)) continue;
        const { key } = await storeImage(picture, this.ownerId);
        added.push({ key, hash: picture.hash });
        this.paths.set(picture.hash, imagePathOf(key));
      }
    } catch (error) {
      await undo();
      throw error;
    }
    return { pathOf: ({ hash }) => this.paths.get(hash), undo };
  }
}

/** @returns the local path in an address, or null for an external URL. */
function localPathOf(address: string): string | null {
  const local = address
    .replace(/^__GHOST_URL__/, "")
    .replace(/^\{\{\s*site\.(?:baseurl|url)\s*\}\}/, "")
    .replace(/[?#].*$/s, "");
  if (local === "" || /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(local)) return null;
  try {
    return decodeURIComponent(local).replaceAll("\\", "/");
  } catch {
    return local;
  }
}

/** The folders in which blog software keeps the files that a path from the root refers to. */
const publicFolders = ["", "static", "public", "assets", "src"];

function candidates(path: string, textPath: string): string[] {
  const fromRoot = path.replace(/^[~@]?\//, "");
  if (fromRoot !== path) return publicFolders.map((folder) => posix.join(folder, fromRoot));
  return [posix.join(posix.dirname(textPath), path)];
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
