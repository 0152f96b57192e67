"use client";

import { Picture } from "@/app/_components/ui/picture";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import { isStoredImage } from "@/lib/images/image-path";

/** Shows the cover, or a target to drop an image on. */
export function CoverPreview({ address, isOver }: { address: string; isOver: boolean }) {
  const { messages } = useEditor();
  return (
    <div
      data-over={isOver || undefined}
      // Touch screens have no drag and drop of files: without an image there is nothing to show.
      className="not-has-[img]:pointer-coarse:hidden flex aspect-3/2 items-center justify-center overflow-hidden rounded-control border border-dashed border-edge text-center text-13 text-muted data-over:border-accent data-over:text-accent"
    >
      {isShowable(address) ? (
        <Picture src={address} alt="" loading="eager" className="size-full object-cover" />
      ) : (
        <span className="p-3">{messages.coverDrop}</span>
      )}
    </div>
  );
}

/** A URL that is still being typed is usually not valid yet. */
function isShowable(address: string): boolean {
  return isStoredImage(address) || (/^https:\/\/[^/]+\/./.test(address) && URL.canParse(address));
}
