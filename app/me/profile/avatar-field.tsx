"use client";

import { useRouter } from "next/navigation";
import { type ChangeEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { UploadError, type UploadMessages, uploadImage } from "@/app/_components/forms/upload-image";
import { Avatar } from "@/app/_components/ui/avatar";
import { InlineError } from "@/app/_components/ui/inline-error";
import { Picture } from "@/app/_components/ui/picture";
import type { Messages } from "@/lib/i18n/messages/en";
import { imageTypes } from "@/lib/images/image-types";
import { issueAvatarUploadAction, setAvatarAction } from "../avatar-actions";

type State =
  | { step: "idle" | "checking" | "saved" }
  | { step: "sending"; sent: number }
  | { step: "failed"; problem: string };

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
  const router = useRouter();
  const [state, setState] = useState<State>({ step: "idle" });
  const [preview, setPreview] = usePreview();
  const [knownImage, setKnownImage] = useState(image);
  const input = useRef<HTMLInputElement>(null);
  const [inputId, helpId, problemId] = [useId(), useId(), useId()];
  const isBusy = state.step === "sending" || state.step === "checking";

  // The page was rendered with another avatar, or without one: it replaces the preview.
  if (image !== knownImage) {
    setKnownImage(image);
    setPreview(null);
    if (!image) setState({ step: "idle" });
  }

  async function choose({ target }: ChangeEvent<HTMLInputElement>) {
    const [picture] = target.files ?? [];
    if (!picture || isBusy) return;
    try {
      setPreview(await upload(picture));
      setState({ step: "saved" });
      // Removes the outcome of an earlier change from the query.
      router.replace("/me/profile", { scroll: false });
      router.refresh();
    } catch (error) {
      setPreview(null);
      setState({
        step: "failed",
        problem: error instanceof UploadError ? error.message : messages.uploadFailed,
      });
    } finally {
      // The input reports the same file again only after it was emptied.
      target.value = "";
      input.current?.focus();
    }
  }

  /** @returns the URL of the stored avatar. */
  async function upload(picture: File): Promise<string> {
    const noteProgress = (sent: number) => setState({ step: "sending", sent });
    const { image: address } = await uploadImage(picture, messages, {
      issue: (asked) => {
        noteProgress(0);
        setPreview(URL.createObjectURL(picture));
        return issueAvatarUploadAction(asked);
      },
      register: ({ key }) => {
        setState({ step: "checking" });
        return setAvatarAction({ s3Key: key });
      },
      onProgress: noteProgress,
    });
    return address;
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
        <div role="status" className="mt-1 text-13 text-muted empty:hidden">
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

/** The avatar to show before the page is rendered with it. An object URL is revoked when another replaces it. */
function usePreview(): [string | null, (address: string | null) => void] {
  const [preview, setPreview] = useState<string | null>(null);
  useEffect(() => {
    if (!preview?.startsWith("blob:")) return;
    return () => URL.revokeObjectURL(preview);
  }, [preview]);
  return [preview, setPreview];
}
