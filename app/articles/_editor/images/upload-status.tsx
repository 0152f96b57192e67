"use client";

import { useFormMessages } from "@/app/_components/forms/client-form";
import { InlineError } from "@/app/_components/ui/inline-error";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import { fillIn } from "@/lib/i18n/fill-in";
import type { ImageUpload } from "./use-image-uploads";

/** Shows the uploads in progress, why some have failed, and a request to describe an uploaded image. */
export function UploadStatus({
  uploads,
  problems,
  isDescribing,
}: {
  uploads: ImageUpload[];
  problems: string[];
  isDescribing: boolean;
}) {
  const { messages } = useEditor();
  const { error } = useFormMessages();
  return (
    <>
      {uploads.map(({ placeholder, name, sent }) => {
        const label = fillIn(messages.uploading, { name });
        return (
          <p key={placeholder} className="mt-2 flex items-center gap-3 text-13 text-muted">
            <span role="status" className="min-w-0 truncate">
              {label}
            </span>
            <progress max={1} value={sent} aria-label={label} className="progress max-w-32" />
          </p>
        );
      })}
      <p role="status" className="text-13 text-muted not-empty:mt-2">
        {isDescribing && messages.describeImage}
      </p>
      {problems.length > 0 && (
        <div role="alert" className="mt-2 space-y-1">
          {problems.map((problem) => (
            <InlineError key={problem} label={error}>
              {problem}
            </InlineError>
          ))}
        </div>
      )}
    </>
  );
}
