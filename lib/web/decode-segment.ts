import { notFound } from "next/navigation";
import { isStorableText } from "@/lib/core/contract";

/**
 * Reads a part of an address, which a page is handed as it was sent. What nothing could be called does not
 * exist.
 */
export function decodeSegment(segment: string): string {
  try {
    const text = decodeURIComponent(segment).normalize("NFC");
    if (isStorableText(text)) return text;
  } catch {
    // Not even text.
  }
  return notFound();
}
