import { notFound } from "next/navigation";
import { isStorableText } from "@/lib/core/contract";
import { normalizeText } from "@/lib/runtime/normalize-text";

/**
 * Decodes a path segment, which Next.js passes to a page undecoded. Responds with 404 for a segment that cannot be a
 * name.
 */
export function decodeSegment(segment: string): string {
  try {
    const text = normalizeText(decodeURIComponent(segment));
    if (isStorableText(text)) return text;
  } catch {
    // Not UTF-8.
  }
  return notFound();
}
