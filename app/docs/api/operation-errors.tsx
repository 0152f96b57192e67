import { getLocale, getTranslations } from "next-intl/server";
import { errorMessage } from "@/lib/core/error-messages";
import type { ApiOperation } from "@/lib/docs/api-reference";
import { errorAnchor } from "./error-anchor";

/** The errors of an endpoint: its own with their messages, and links to those that endpoints of its kind share. */
export async function OperationErrors({ errors }: { errors: ApiOperation["errors"] }) {
  const [t, locale] = await Promise.all([getTranslations("apiDocs"), getLocale()]);
  return (
    <>
      <dl>
        {errors
          .filter(({ isGeneral }) => !isGeneral)
          .map(({ code, status }) => (
            <div key={code} className="border-b border-rule py-2">
              <dt className="font-mono text-13">
                <span className="mr-3 text-muted tabular-nums">{status}</span>
                {code}
              </dt>
              <dd className="mt-0.5">{errorMessage(code, locale)}</dd>
            </div>
          ))}
      </dl>
      <p className="mt-3 text-13 text-muted">{t("generalErrors")}</p>
      <ul className="flex flex-wrap gap-x-4 font-mono text-13">
        {errors
          .filter(({ isGeneral }) => isGeneral)
          .map(({ code }) => (
            <li key={code}>
              <a href={`#${errorAnchor(code)}`} className="target link">
                {code}
              </a>
            </li>
          ))}
      </ul>
    </>
  );
}
