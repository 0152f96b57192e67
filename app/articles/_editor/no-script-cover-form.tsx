import { getLocale, getTranslations } from "next-intl/server";
import { InlineError } from "@/app/_components/ui/inline-error";
import { errorMessage } from "@/lib/core/error-messages";
import { isErrorCode } from "@/lib/core/errors";
import { imageTypes } from "@/lib/images/image-types";

/**
 * Uploads a cover without JavaScript. It is a separate form, so unsaved changes in the editor's form must be saved
 * first.
 *
 * @param outcome the result of the upload, from the query: `saved` or an error code.
 */
export async function NoScriptCoverForm({ articleId, outcome }: { articleId: string; outcome: unknown }) {
  const [t, form, locale] = await Promise.all([
    getTranslations("editor"),
    getTranslations("form"),
    getLocale(),
  ]);
  return (
    <form
      method="post"
      action={`/articles/${articleId}/cover`}
      encType="multipart/form-data"
      className="needs-no-script mt-10 border-t border-rule pt-5"
    >
      <label htmlFor="picture" className="font-semibold">
        {t("coverFile")}
      </label>
      <div className="mt-1.5 flex flex-wrap items-center gap-3">
        <input
          id="picture"
          type="file"
          name="picture"
          accept={imageTypes.join(",")}
          required
          className="min-h-11"
        />
        <button type="submit" className="button">
          {t("coverSend")}
        </button>
      </div>
      <p className="mt-1.5 text-13 text-muted">{t("coverFileHelp")}</p>
      {typeof outcome === "string" && isErrorCode(outcome) && (
        <div role="alert" className="mt-2">
          <InlineError label={form("error")}>{errorMessage(outcome, locale)}</InlineError>
        </div>
      )}
    </form>
  );
}
