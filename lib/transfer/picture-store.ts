import "server-only";
import { createHash } from "node:crypto";
import { basename, posix } from "node:path";
import { db } from "@/lib/core/db";
import { createFile } from "@/lib/files/create-file";
import { writeUpload } from "@/lib/files/uploads/stored-files";
import { describeImage } from "@/lib/files/uploads/uploaded-image";
import { imagePathOf } from "@/lib/images/image-path";
import { imageTypeOfName, maxImageBytes } from "@/lib/images/image-types";
import { requirePicture } from "@/lib/images/pictures";
import { readInside } from "./reading/folder";

/** A picture of the folder that a text shows. */
export type FoundPicture = { name: string; bytes: Buffer; hash: string };

/** Takes the pictures beside the texts into the store, each once however many texts show it. */
export class PictureStore {
  private readonly paths = new Map<string, string>();

  constructor(
    private readonly root: string,
    private readonly ownerId: string,
  ) {}

  /**
   * Finds and checks the picture that a text means.
   *
   * @param address as the text has it.
   * @param textPath the path of the text.
   * @returns null for an address elsewhere; the reason, where there is no such picture or none of a type that the blog
   *   takes.
   * @throws Refused for a path that leads out of the folder, AppError `file/invalid-format`, `file/file-too-large`,
   *   `file/invalid-name` (400) for a file that is not what its name says.
   */
  async find(address: string, textPath: string): Promise<FoundPicture | string | null> {
    const path = pathIn(address);
    if (path === null) return null;
    if (!imageTypeOfName(path)) return `${address} is not a JPEG, PNG, GIF or WebP picture.`;
    for (const candidate of candidates(path, textPath)) {
      const bytes = await readInside(this.root, candidate, maxImageBytes);
      if (!bytes) continue;
      const picture = { name: basename(candidate).normalize("NFC"), bytes, hash: hashOf(bytes) };
      if (!this.paths.has(picture.hash)) await this.check(picture);
      return picture;
    }
    return `${address} does not exist.`;
  }

  private async check({ name, bytes }: FoundPicture): Promise<void> {
    const { mimeType } = describeImage({ filename: name, bytes });
    await requirePicture(bytes, mimeType, this.ownerId);
  }

  /**
   * Puts pictures into the store.
   *
   * @returns their paths on this site by their hashes, and how to take those back that were not there before.
   * @throws AppError `file/quota-exceeded` (403), `common/unavailable` (503); nothing is left behind then.
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
        const key = await registerPicture(picture, this.ownerId);
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

/** @returns the key of a picture that was stored, checked and stripped of what its camera wrote. */
export async function registerPicture(
  { name, bytes }: Pick<FoundPicture, "name" | "bytes">,
  ownerId: string,
  visibility: "public" | "private" = "public",
): Promise<string> {
  const { originalName, mimeType } = describeImage({ filename: name, bytes });
  const s3Key = await writeUpload({ kind: "file", visibility, ownerId, originalName, mimeType }, bytes);
  const { key } = await createFile(
    { s3Key, originalName, mimeType, size: bytes.length, visibility },
    ownerId,
  );
  return key;
}

/** @returns the path of an address in the folder, or null for one elsewhere. */
function pathIn(address: string): string | null {
  const local = address
    .replace(/^__GHOST_URL__/, "")
    .replace(/^\{\{\s*site\.(?:baseurl|url)\s*\}\}/, "")
    .replace(/[?#].*$/, "");
  if (local === "" || /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(local)) return null;
  try {
    return decodeURIComponent(local).replaceAll("\\", "/");
  } catch {
    return local;
  }
}

/** Software of blogs keeps what an address from the root means in one of these folders. */
const publicFolders = ["", "static", "public", "assets", "src"];

function candidates(path: string, textPath: string): string[] {
  const fromRoot = path.replace(/^[~@]?\//, "");
  if (fromRoot !== path) return publicFolders.map((folder) => posix.join(folder, fromRoot));
  return [posix.join(posix.dirname(textPath), path)];
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
