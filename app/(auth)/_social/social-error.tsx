import { getTranslations } from "next-intl/server";
import { InlineError } from "@/app/_components/ui/inline-error";
import { errorMessage } from "@/lib/core/error-messages";
import { type ErrorCode, isErrorCode } from "@/lib/core/errors";
import { currentLocale } from "@/lib/web/preferences";

/** Explains why sign-in with a provider failed, from the error code in the query. */
export async function SocialError({ code }: { code: string | string[] | undefined }) {
  if (typeof code !== "string" || !isErrorCode(code)) return null;
  const [t, form, locale] = await Promise.all([
    getTranslations("social"),
    getTranslations("form"),
    currentLocale(),
  ]);
  const socialMessages: Partial<Record<ErrorCode, string>> = {
    "auth/email-already-exists": t("addressTaken"),
    "auth/invalid-credentials": t("otherAccount"),
    "auth/unauthorized": t("signInAgain"),
  };
  return (
    <div role="alert" className="mt-6">
      <InlineError label={form("error")}>{socialMessages[code] ?? errorMessage(code, locale)}</InlineError>
    </div>
  );
}
