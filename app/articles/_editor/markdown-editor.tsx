"use client";

import { type ChangeEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { TextArea } from "@/app/_components/forms/field";
import type { UploadMessages } from "@/app/_components/forms/upload-image";
import { InlineError } from "@/app/_components/ui/inline-error";
import { imageTypes } from "@/lib/images/image-types";
import { type ImageUpload, useImageUploads } from "./images/use-image-uploads";
import { Preview, type PreviewMessages } from "./markdown/preview";
import { Toolbar, type ToolbarMessages } from "./markdown/toolbar";

type View = "write" | "preview";

type Words = Record<"view" | View | "chooseImages" | "describeImage" | "uploading" | "error", string> &
  ToolbarMessages &
  PreviewMessages &
  UploadMessages;

/**
 * The field for the text, with its tools. The preview stands beside it where there is room, and in its place where
 * there is not. Without a script it is the field alone.
 */
export function MarkdownEditor({ label, help, words }: { label: string; help: string; words: Words }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const scrolled = useRef<Partial<Record<View, number>>>({});
  const [view, setView] = useState<View>("write");
  const { uploads, problems, isDescribing, add } = useImageUploads(field, words);

  function show(next: View): void {
    scrolled.current[view] = window.scrollY;
    flushSync(() => setView(next));
    const top = scrolled.current[next];
    if (top !== undefined) window.scrollTo({ top });
  }

  function choose({ target }: ChangeEvent<HTMLInputElement>): void {
    add([...(target.files ?? [])]);
    // The same file may be chosen again.
    target.value = "";
    field.current?.focus();
  }

  return (
    <div
      data-view={view}
      className="group mt-5 gap-x-10 lg:data-[view=preview]:grid lg:data-[view=preview]:grid-cols-2"
    >
      {/* It stands beside the label and takes up no height; further down it stays in the corner. */}
      <fieldset className="needs-script sticky top-0 z-2 -mt-2.5 -mr-2.5 -mb-8.5 ml-auto flex w-fit bg-paper lg:col-span-2">
        <legend className="sr-only">{words.view}</legend>
        {(["write", "preview"] as const).map((choice) => (
          <button
            key={choice}
            type="button"
            aria-pressed={choice === view}
            onClick={() => show(choice)}
            className="target px-2.5 text-muted underline-offset-4 hover:text-accent aria-pressed:text-ink aria-pressed:underline"
          >
            {words[choice]}
          </button>
        ))}
      </fieldset>
      <div className="min-w-0 max-lg:group-data-[view=preview]:hidden">
        <TextArea
          ref={field}
          name="content"
          label={label}
          help={help}
          rows={16}
          className=""
          inputClassName="min-h-96 px-4 py-3 text-17 leading-[1.75]"
          tools={<Toolbar field={field} words={words} onImage={() => chooser.current?.click()} />}
        />
        {/* The toolbar's button presses it. */}
        <input
          ref={chooser}
          type="file"
          multiple
          accept={imageTypes.join(",")}
          aria-label={words.chooseImages}
          tabIndex={-1}
          onChange={choose}
          className="hidden"
        />
        {uploads.map((upload) => (
          <UploadProgress key={upload.placeholder} upload={upload} words={words} />
        ))}
        <p role="status" className="mt-2 text-13 text-muted empty:hidden">
          {isDescribing && words.describeImage}
        </p>
        {problems.length > 0 && (
          <div role="alert" className="mt-2 space-y-1">
            {problems.map((problem) => (
              <InlineError key={problem} label={words.error}>
                {problem}
              </InlineError>
            ))}
          </div>
        )}
      </div>
      <section
        id="preview"
        aria-label={words.preview}
        className="hidden min-w-0 pt-12 group-data-[view=preview]:block lg:border-l lg:border-rule lg:pl-10"
      >
        <Preview field={field} isOpen={view === "preview"} words={words} />
      </section>
    </div>
  );
}

function UploadProgress({ upload: { name, sent }, words }: { upload: ImageUpload; words: Words }) {
  const label = words.uploading.replace("{name}", () => name);
  return (
    <p className="mt-2 flex items-center gap-3 text-13 text-muted">
      <span role="status" className="min-w-0 truncate">
        {label}
      </span>
      <progress max={1} value={sent} aria-label={label} className="progress max-w-32" />
    </p>
  );
}
