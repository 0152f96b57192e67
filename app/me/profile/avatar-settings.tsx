import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { uploadMessages } from "@/app/_components/forms/upload-image";
import { InlineError } from "@/app/_components/ui/inline-error";
import { Notice } from "@/app/_components/ui/notice";
import { errorMessage } from "@/lib/core/error-messages";
import { isErrorCode } from "@/lib/core/errors";
import { removeAvatarAction } from "../avatar-actions";
import { AvatarField } from "./avatar-field";

/**
 * Shows, changes and removes the avatar of the user.
 *
 * @param outcome the result of the last change, from the query: `saved`, `removed` or an error code.
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
  const [t, messages, locale] = await Promise.all([getTranslations("profile"), getMessages(), getLocale()]);
  return (
    <section aria-labelledby="picture-title" className="mt-6 border-y border-rule py-5">
      <h2 id="picture-title" className="font-semibold">
        {t("picture")}
      </h2>
      {outcome === "saved" && <Notice>{t("pictureSaved")}</Notice>}
      {outcome === "removed" && <Notice>{t("pictureRemoved")}</Notice>}
      {typeof outcome === "string" && isErrorCode(outcome) && (
        <div role="alert" className="mt-3">
          <InlineError label={messages.form.error}>{errorMessage(outcome, locale)}</InlineError>
        </div>
      )}
      <AvatarField
        name={name}
        image={image}
        messages={{
          ...messages.profile,
          ...messages.form,
          ...uploadMessages(messages, messages.profile.pictureFailed),
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
