import { getLocale, getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { InlineError } from "@/app/_components/ui/inline-error";
import { Notice } from "@/app/_components/ui/notice";
import { errorMessage } from "@/lib/core/error-messages";
import { isErrorCode } from "@/lib/core/errors";
import { removeAvatarAction } from "../avatar-actions";
import { AvatarField } from "./avatar-field";

/**
 * The avatar of the user, to choose and remove.
 *
 * @param outcome of the last change, from the query: `saved`, `removed` or an error code.
 */
export async function AvatarSettings({
  name,
  image,
  outcome,
}: {
  name: string;
  image: string | null;
  outcome?: string | string[];
}) {
  const [t, form, locale] = await Promise.all([
    getTranslations("profile"),
    getTranslations("form"),
    getLocale(),
  ]);
  return (
    <section aria-labelledby="picture-title" className="mt-6 border-y border-rule py-5">
      <h2 id="picture-title" className="font-semibold">
        {t("picture")}
      </h2>
      {outcome === "saved" && <Notice>{t("pictureSaved")}</Notice>}
      {outcome === "removed" && <Notice>{t("pictureRemoved")}</Notice>}
      {typeof outcome === "string" && isErrorCode(outcome) && (
        <div role="alert" className="mt-3">
          <InlineError label={form("error")}>{errorMessage(outcome, locale)}</InlineError>
        </div>
      )}
      <AvatarField
        name={name}
        image={image}
        words={{
          choose: image ? t("changePicture") : t("choosePicture"),
          help: t("pictureHelp"),
          send: t("sendPicture"),
          progress: t("pictureProgress"),
          sending: t("sendingPicture"),
          checking: t("checkingPicture"),
          saved: t("pictureSaved"),
          error: form("error"),
          uploadFailed: t("pictureFailed"),
          tooLarge: errorMessage("file/file-too-large", locale),
          wrongType: errorMessage("file/invalid-format", locale),
        }}
      >
        {image && (
          <Form action={removeAvatarAction}>
            <SubmitButton working={t("removingPicture")} className="button">
              {t("removePicture")}
            </SubmitButton>
          </Form>
        )}
      </AvatarField>
    </section>
  );
}
