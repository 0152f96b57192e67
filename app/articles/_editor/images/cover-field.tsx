"use client";

import { type ChangeEvent, useId, useState } from "react";
import { useFormMessages } from "@/app/_components/forms/client-form";
import { Field } from "@/app/_components/forms/field";
import { InlineError } from "@/app/_components/ui/inline-error";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import { fillIn } from "@/lib/i18n/fill-in";
import { imageTypes } from "@/lib/images/image-types";
import { CoverPreview } from "./cover-preview";
import { useDroppedFiles } from "./use-dropped-files";
import { useImageUpload } from "./use-image-upload";

type State =
  | { step: "idle" }
  | { step: "uploading"; name: string; sent: number }
  | { step: "failed"; problem: string };

/**
 * The cover of an article: the URL of an image, or an image that is dropped here, pasted or chosen. Without JavaScript
 * it accepts a URL only.
 */
export function CoverField() {
  const { messages, values, fill } = useEditor();
  const { error } = useFormMessages();
  const [state, setState] = useState<State>({ step: "idle" });
  const upload = useImageUpload();
  const { isOver, handlers } = useDroppedFiles(([image]) => void setCover(image));
  const chooserId = useId();
  const isUploading = state.step === "uploading";

  async function setCover(image: File | undefined): Promise<void> {
    if (!image || isUploading) return;
    const showProgress = (sent: number) => setState({ step: "uploading", name: image.name, sent });
    showProgress(0);
    const outcome = await upload(image, showProgress);
    if ("path" in outcome) {
      fill({ coverImage: outcome.path });
      setState({ step: "idle" });
    } else {
      setState({ step: "failed", problem: outcome.problem });
    }
  }

  function choose({ target }: ChangeEvent<HTMLInputElement>): void {
    void setCover(target.files?.[0]);
    // Cleared, so that the same file can be chosen again.
    target.value = "";
  }

  return (
    <div {...handlers} className="mt-5">
      <Field
        name="coverImage"
        type="url"
        label={messages.coverImage}
        help={messages.coverImageHelp}
        optional
        className=""
      />
      <div className="needs-script mt-3">
        <CoverPreview address={values.coverImage} isOver={isOver} />
        <div className="mt-2 flex flex-wrap items-center gap-x-4">
          <input
            id={chooserId}
            type="file"
            accept={imageTypes.join(",")}
            aria-disabled={isUploading || undefined}
            onChange={choose}
            className="file-input"
          />
          <label htmlFor={chooserId} className="button file-label">
            {messages.coverChoose}
          </label>
          {values.coverImage !== "" && !isUploading && (
            <button
              type="button"
              className="target text-muted hover:text-accent"
              onClick={() => fill({ coverImage: "" })}
            >
              {messages.coverRemove}
            </button>
          )}
        </div>
        <p role="status" className="text-13 text-muted not-empty:mt-2">
          {isUploading && fillIn(messages.uploading, { name: state.name })}
        </p>
        {isUploading && (
          <progress
            max={1}
            value={state.sent}
            aria-label={fillIn(messages.uploading, { name: state.name })}
            className="progress mt-1"
          />
        )}
        {state.step === "failed" && (
          <div role="alert" className="mt-2">
            <InlineError label={error}>{state.problem}</InlineError>
          </div>
        )}
      </div>
    </div>
  );
}
