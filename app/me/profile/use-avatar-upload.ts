import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { UploadError, type UploadMessages, uploadImage } from "@/app/_components/forms/upload-image";
import { issueAvatarUploadAction, setAvatarAction } from "../avatar-actions";

type State =
  | { step: "idle" | "checking" | "saved" }
  | { step: "sending"; sent: number }
  | { step: "failed"; problem: string };

/**
 * Uploads the avatar of the user, and previews it until the page is rendered with it.
 *
 * @param image the avatar that the page was rendered with.
 * @returns the state of the upload, the URL of the preview, and a function that uploads an image.
 */
export function useAvatarUpload(image: string | null, messages: UploadMessages) {
  const router = useRouter();
  const [state, setState] = useState<State>({ step: "idle" });
  const [preview, setPreview] = usePreview();
  const [knownImage, setKnownImage] = useState(image);
  const isBusy = state.step === "sending" || state.step === "checking";

  // The page was rendered with another avatar or none, which replaces the preview.
  if (image !== knownImage) {
    setKnownImage(image);
    setPreview(null);
    if (!image) setState({ step: "idle" });
  }

  async function upload(file: File): Promise<void> {
    try {
      setPreview(await send(file));
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
  async function send(file: File): Promise<string> {
    const showProgress = (sent: number) => setState({ step: "sending", sent });
    const { image: url } = await uploadImage(file, messages, {
      issue: (requested) => {
        showProgress(0);
        setPreview(URL.createObjectURL(file));
        return issueAvatarUploadAction(requested);
      },
      register: ({ key }) => {
        setState({ step: "checking" });
        return setAvatarAction({ s3Key: key });
      },
      onProgress: showProgress,
    });
    return url;
  }

  return { state, isBusy, preview, upload };
}

/** Revokes an object URL once another URL replaces it. */
function usePreview(): [string | null, (url: string | null) => void] {
  const [preview, setPreview] = useState<string | null>(null);
  useEffect(() => {
    if (!preview?.startsWith("blob:")) return;
    return () => URL.revokeObjectURL(preview);
  }, [preview]);
  return [preview, setPreview];
}
