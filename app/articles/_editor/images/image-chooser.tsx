"use client";

import type { Ref } from "react";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import { imageTypes } from "@/lib/images/image-types";

/** A hidden file input: a click from code opens the browser's file dialog. */
export function ImageChooser({
  ref,
  onChoose,
}: {
  ref: Ref<HTMLInputElement>;
  onChoose: (images: File[]) => void;
}) {
  const { messages } = useEditor();
  return (
    <input
      ref={ref}
      type="file"
      multiple
      accept={imageTypes.join(",")}
      aria-label={messages.chooseImages}
      tabIndex={-1}
      onChange={({ target }) => {
        onChoose([...(target.files ?? [])]);
        // Cleared, so that the same file can be chosen again.
        target.value = "";
      }}
      className="hidden"
    />
  );
}
