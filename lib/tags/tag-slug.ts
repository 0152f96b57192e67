import { createHash } from "node:crypto";
import { slugOf } from "@/lib/core/slug";
import { tagLimits, tagNameKey } from "./contract";

/**
 * Makes a slug from the name of a tag.
 *
 * @returns for a name without letters and digits (`!!!`) a hash of the name.
 */
export function tagSlug(name: string): string {
  return (
    slugOf(name, tagLimits.slug) ||
    `tag-${createHash("sha256").update(tagNameKey(name)).digest("hex").slice(0, 12)}`
  );
}
