"use client";

import { type ChangeEvent, useId, useRef, useState } from "react";
import { useFieldState } from "@/app/_components/forms/client-form";
import { Field } from "@/app/_components/forms/field";
import { UploadError, type UploadMessages } from "@/app/_components/forms/upload-image";
import { InlineError } from "@/app/_components/ui/inline-error";
import { Picture } from "@/app/_components/ui/picture";
import { isStoredImage } from "@/lib/images/image-path";
import { imageTypes } from "@/lib/images/image-types";
import { uploadArticleImage } from "./upload-article-image";
import { useDroppedFiles } from "./use-dropped-files";

type Words = Record<"drop" | "choose" | "remove" | "uploading" | "error", string> & UploadMessages;

type State =
  | { step: "idle" }
  | { step: "uploading"; name: string; sent: number }
  | { step: "failed"; problem: string };

/**
 * The picture above an article: an address, or a picture that is dropped here, pasted or chosen. Without a script it
 * is the address alone.
 */
export function CoverField({
  label,
  help,
  optional,
  words,
}: {
  label: string;
  help: string;
  optional: string;
  words: Words;
}) {
  const { value = "" } = useFieldState("coverImage");
  const [address, setAddress] = useState(value);
  const [state, setState] = useState<State>({ step: "idle" });
  const chooserId = useId();
  const place = useRef<HTMLDivElement>(null);
  const isOver = useDroppedFiles(place, ([picture]) => void upload(picture));
  const isUploading = state.step === "uploading";

  async function upload(picture: File | undefined): Promise<void> {
    if (!picture || isUploading) return;
    const noteProgress = (sent: number) => setState({ step: "uploading", name: picture.name, sent });
    noteProgress(0);
    try {
      put(await uploadArticleImage(picture, words, noteProgress));
      setState({ step: "idle" });
    } catch (error) {
      // The submission no longer has to wait for the upload.
      place.current?.dispatchEvent(new InputEvent("input", { bubbles: true }));
      setState({
        step: "failed",
        problem: error instanceof UploadError ? error.message : words.uploadFailed,
      });
    }
  }

  /** Writes an address into the field, as if it had been typed. */
  function put(next: string): void {
    const input = place.current?.querySelector<HTMLInputElement>("[name=coverImage]");
    if (!input) return;
    input.value = next;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  function choose({ target }: ChangeEvent<HTMLInputElement>): void {
    void upload(target.files?.[0]);
    // The same file may be chosen again.
    target.value = "";
  }

  return (
    <div ref={place} className="mt-5">
      <Field
        name="coverImage"
        type="url"
        label={label}
        help={help}
        optional={optional}
        className=""
        onType={setAddress}
      />
      <div className="needs-script mt-3">
        <div
          data-over={isOver || undefined}
          // A finger drops nothing: without a picture there is nothing to show for it.
          className="not-has-[img]:pointer-coarse:hidden flex aspect-3/2 items-center justify-center overflow-hidden rounded-control border border-dashed border-edge text-center text-13 text-muted data-over:border-accent data-over:text-accent"
        >
          {isShowable(address) ? (
            <Picture src={address} alt="" loading="eager" className="size-full object-cover" />
          ) : (
            <span className="p-3">{words.drop}</span>
          )}
        </div>
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
            {words.choose}
          </label>
          {address !== "" && !isUploading && (
            <button type="button" className="target text-muted hover:text-accent" onClick={() => put("")}>
              {words.remove}
            </button>
          )}
        </div>
        <p role="status" className="mt-2 text-13 text-muted empty:hidden">
          {isUploading && words.uploading.replace("{name}", () => state.name)}
        </p>
        {isUploading && (
          <progress
            max={1}
            value={state.sent}
            aria-label={words.uploading.replace("{name}", () => state.name)}
            className="progress mt-1"
          />
        )}
        {state.step === "failed" && (
          <div role="alert" className="mt-2">
            <InlineError label={words.error}>{state.problem}</InlineError>
          </div>
        )}
      </div>
    </div>
  );
}

/** While an address is typed, most of what stands there is none. */
function isShowable(address: string): boolean {
  return isStoredImage(address) || (/^https:\/\/[^/]+\/./.test(address) && URL.canParse(address));
}
