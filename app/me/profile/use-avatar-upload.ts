import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { UploadError, type UploadMessages, uploadImage } from "@/app/_components/forms/upload-image";
import { issueAvatarUploadAction, setAvatarAction } from "../avatar-actions";

type State =
  | { step: "idle" | "checking" | "saved" }
  | { step: "sending"; sent: number }
  | { step: "failed"; problem: string };

/**
 * Uploads the avatar of the user, and shows it before the page is rendered with it.
 *
 * @param image the avatar that the page was rendered with.
 * @returns the state of the upload, the address of the preview, and a function that uploads an image.
 */
export function useAvatarUpload(image: string | null, messages: UploadMessages) {
  const router = useRouter();
  const [state, setState] = useState<State>({ step: "idle" });
  const [preview, setPreview] = usePreview();
  const [knownImage, setKnownImage] = useState(image);
  const isBusy = state.step === "sending" || state.step === "checking";

  // The page was rendered with another avatar, or without one: it replaces the preview.
  if (image !== knownImage) {
    setKnownImage(image);
    setPreview(null);
    if (!image) setState({ step: "idle" });
  }

  async function upload(picture: File): Promise<void> {
    try {
      setPreview(await send(picture));
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
    }
  }

  /** @returns the URL of the stored avatar. */
  async function send(picture: File): Promise<string> {
    const showProgress = (sent: number) => setState({ step: "sending", sent });
    const { image: address } = await uploadImage(picture, messages, {
      issue: (asked) => {
        showProgress(0);
        setPreview(URL.createObjectURL(picture));
        return issueAvatarUploadAction(asked);
      },
      register: ({ key }) => {
        setState({ step: "checking" });
        return setAvatarAction({ s3Key: key });
      },
      onProgress: showProgress,
    });
    return address;
  }

  return { state, isBusy, preview, upload };
}

/** An object URL is revoked when another address replaces it. */
function usePreview(): [string | null, (address: string | null) => void] {
  const [preview, setPreview] = useState<string | null>(null);
  useEffect(() => {
    if (!preview?.startsWith("blob:")) return;
    return () => URL.revokeObjectURL(preview);
  }, [preview]);
  return [preview, setPreview];
}
