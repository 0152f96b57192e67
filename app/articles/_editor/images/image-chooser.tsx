"use client";

import type { Ref } from "react";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import { imageTypes } from "@/lib/images/image-types";

/** Opens the browser's dialog for files when it is clicked by a script. It is not shown. */
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
        // The same file may be chosen again.
        target.value = "";
      }}
      className="hidden"
    />
  );
}
