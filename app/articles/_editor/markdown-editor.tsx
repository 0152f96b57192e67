"use client";

import { type ChangeEvent, type KeyboardEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { TextArea } from "@/app/_components/forms/field";
import { imageTypes } from "@/lib/images/image-types";
import { useEditor } from "./context/editor-provider";
import { UploadStatus } from "./images/upload-status";
import { useDroppedFiles } from "./images/use-dropped-files";
import { useImageUploads } from "./images/use-image-uploads";
import { Preview } from "./markdown/preview";
import { Toolbar } from "./markdown/toolbar";
import { type Tool, toolOfShortcut } from "./markdown/tools";
import { useTextEdits } from "./markdown/use-text-edits";
import { type View, ViewSwitch } from "./view-switch";

/**
 * The text field with its toolbar. The preview appears beside it, or replaces it on narrow screens. Without JavaScript
 * only the field is shown.
 */
export function MarkdownEditor() {
  const { messages } = useEditor();
  const field = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const scrollPositions = useRef<Partial<Record<View, number>>>({});
  const [view, setView] = useState<View>("write");
  const editText = useTextEdits(field);
  const { uploads, problems, isDescribing, add, onInput } = useImageUploads(field);
  const { handlers } = useDroppedFiles(add);

  function show(next: View): void {
    scrollPositions.current[view] = window.scrollY;
    flushSync(() => setView(next));
    const top = scrollPositions.current[next];
    if (top !== undefined) window.scrollTo({ top });
  }

  function format({ edit }: Tool): void {
    editText(edit);
    field.current?.focus();
  }

  function pressKey(event: KeyboardEvent): void {
    const tool = toolOfShortcut(event);
    if (!tool) return;
    event.preventDefault();
    editText(tool.edit);
  }

  function chooseImages({ target }: ChangeEvent<HTMLInputElement>): void {
    add([...(target.files ?? [])]);
    // Cleared, so that the same file can be chosen again.
    target.value = "";
    field.current?.focus();
  }

  return (
    <div
      data-view={view}
      className="group mt-5 gap-x-10 lg:data-[view=preview]:grid lg:data-[view=preview]:grid-cols-2"
    >
      <ViewSwitch view={view} onChange={show} />
      <div className="min-w-0 max-lg:group-data-[view=preview]:hidden">
        <TextArea
          ref={field}
          name="content"
          label={messages.content}
          help={messages.contentHelp}
          rows={16}
          className=""
          inputClassName="min-h-96 px-4 py-3 text-17 leading-[1.75]"
          tools={<Toolbar onUse={format} onImage={() => chooser.current?.click()} />}
          onInput={onInput}
          onKeyDown={pressKey}
          {...handlers}
        />
        {/* The toolbar's button clicks it. */}
        <input
          ref={chooser}
          type="file"
          multiple
          accept={imageTypes.join(",")}
          aria-label={messages.chooseImages}
          tabIndex={-1}
          onChange={chooseImages}
          className="hidden"
        />
        <UploadStatus uploads={uploads} problems={problems} isDescribing={isDescribing} />
      </div>
      <section
        id="preview"
        aria-label={messages.preview}
        className="hidden min-w-0 pt-12 group-data-[view=preview]:block lg:border-l lg:border-rule lg:pl-10"
      >
        <Preview isOpen={view === "preview"} />
      </section>
    </div>
  );
}
