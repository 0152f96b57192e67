import { getTranslations } from "next-intl/server";
import { Problem } from "@/app/_components/problem";
import { type ErrorCode, isErrorCode } from "@/lib/http/errors";
import { errorMessage } from "@/lib/i18n/translate";
import { currentLocale } from "@/lib/preferences";

/** Why somebody who came back from a provider is not in, by the `error` in the address. */
export async function SocialProblem({ code }: { code: string | string[] | undefined }) {
  if (typeof code !== "string" || !isErrorCode(code)) return null;
  const [t, form, locale] = await Promise.all([
    getTranslations("social"),
    getTranslations("form"),
    currentLocale(),
  ]);
  const ownWords: Partial<Record<ErrorCode, string>> = {
    "auth/email-already-exists": t("addressTaken"),
    "auth/invalid-credentials": t("otherAccount"),
    "auth/unauthorized": t("signInAgain"),
  };
  return (
    <div role="alert" className="mt-6">
      <Problem label={form("error")}>{ownWords[code] ?? errorMessage(code, locale)}</Problem>
    </div>
  );
}
