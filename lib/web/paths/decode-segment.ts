import { notFound } from "next/navigation";
import { isStorableText } from "@/lib/core/contract";

/**
 * Decodes a path segment, which Next.js passes to a page undecoded. Responds with 404 for a segment that cannot be a
 * name.
 */
export function decodeSegment(segment: string): string {
  try {
    const text = decodeURIComponent(segment).normalize("NFC");
    if (isStorableText(text)) return text;
  } catch {
    // Not UTF-8.
  }
  return notFound();
}
