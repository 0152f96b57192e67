import { getLocale, getTranslations } from "next-intl/server";
import { errorMessage } from "@/lib/core/error-messages";
import { errorCodes, errors } from "@/lib/core/errors";
import { errorAnchor } from "./error-anchor";

/** Every error code with its status and message. */
export async function ErrorTable() {
  const [t, locale] = await Promise.all([getTranslations("apiDocs"), getLocale()]);
  return (
    <section aria-labelledby="errors" className="mt-16">
      <h2 id="errors" className="scroll-mt-6 text-24">
        {t("errorsTitle")}
      </h2>
      <p className="mt-2 text-muted">{t("errorsText")}</p>
      <dl className="mt-4">
        {errorCodes.map((code) => (
          <div key={code} id={errorAnchor(code)} className="border-b border-rule py-2.5">
            <dt className="font-mono text-13">
              <span className="mr-3 text-muted tabular-nums">{errors[code].status}</span>
              {code}
            </dt>
            <dd className="mt-0.5">{errorMessage(code, locale)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
