"use client";

import { type ChangeEvent, type ReactNode, useId, useRef } from "react";
import type { UploadMessages } from "@/app/_components/forms/upload-image";
import { Avatar } from "@/app/_components/ui/avatar";
import { InlineError } from "@/app/_components/ui/inline-error";
import { Picture } from "@/app/_components/ui/picture";
import type { Messages } from "@/lib/i18n/messages/en";
import { imageTypes } from "@/lib/images/image-types";
import { useAvatarUpload } from "./use-avatar-upload";

/**
 * Previews and uploads the avatar that a user chooses. Without JavaScript it is a plain form with a button.
 *
 * @param children further actions on the avatar.
 */
export function AvatarField({
  name,
  image,
  messages,
  children,
}: {
  name: string;
  image: string | null;
  messages: Messages["profile"] & UploadMessages & Pick<Messages["form"], "error">;
  children: ReactNode;
}) {
  const { state, isBusy, preview, upload } = useAvatarUpload(image, messages);
  const input = useRef<HTMLInputElement>(null);
  const [inputId, helpId, problemId] = [useId(), useId(), useId()];

  async function choose({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const [file] = target.files ?? [];
    if (!file || isBusy) return;
    await upload(file);
    // Cleared, because the input does not report the same file again otherwise.
    target.value = "";
    input.current?.focus();
  }

  return (
    <div className="mt-3 flex flex-wrap items-start gap-x-5 gap-y-3">
      {preview ? (
        <Picture
          src={preview}
          alt=""
          className="size-16 shrink-0 rounded-full object-cover"
          loading="eager"
        />
      ) : (
        <Avatar name={name} image={image} size="large" />
      )}
      <div className="min-w-0 flex-1 basis-56">
        <div className="flex flex-wrap gap-3">
          <form method="post" action="/me/avatar" encType="multipart/form-data" className="contents">
            <input
              ref={input}
              id={inputId}
              type="file"
              name="picture"
              accept={imageTypes.join(",")}
              required
              onChange={choose}
              aria-disabled={isBusy || undefined}
              aria-invalid={state.step === "failed" || undefined}
              aria-describedby={state.step === "failed" ? `${problemId} ${helpId}` : helpId}
              className="peer file-input"
            />
            <label htmlFor={inputId} aria-disabled={isBusy || undefined} className="button file-label">
              {image ? messages.changePicture : messages.choosePicture}
            </label>
            <button type="submit" className="button button-ink needs-no-script">
              {messages.sendPicture}
            </button>
          </form>
          {!isBusy && children}
        </div>
        <p id={helpId} className="mt-2 text-13 text-muted">
          {messages.pictureHelp}
        </p>
        <div role="status" className="text-13 text-muted not-empty:mt-1">
          {state.step === "sending" && messages.sendingPicture}
          {state.step === "checking" && messages.checkingPicture}
          {state.step === "saved" && messages.pictureSaved}
        </div>
        {isBusy && (
          <progress
            max={1}
            value={state.step === "sending" ? state.sent : undefined}
            aria-label={messages.pictureProgress}
            className="progress mt-2"
          />
        )}
        {state.step === "failed" && (
          <div role="alert" className="mt-2">
            <InlineError id={problemId} label={messages.error}>
              {state.problem}
            </InlineError>
          </div>
        )}
      </div>
    </div>
  );
}
