import { getTranslations } from "next-intl/server";
import { CodeFigure } from "@/app/_components/articles/code-figure";
import { env } from "@/lib/config/env";

/** The title, and the rules that apply to every request. */
export async function Introduction() {
  const t = await getTranslations("apiDocs");
  const { APP_URL, PUBLISHABLE_KEY } = env();
  return (
    <>
      <h1 className="text-32 lg:text-44">{t("title")}</h1>
      <p className="mt-4 max-w-[36rem] text-17 text-muted">{t("intro")}</p>
      <div className="mt-8">
        <CodeFigure language="bash" code={`API=${APP_URL}/api\nKEY=${PUBLISHABLE_KEY}`} />
      </div>
      <ul className="mt-4 space-y-1">
        <li>{t("keyRule")}</li>
        <li>{t("tokenRule")}</li>
        <li>
          {t.rich("machines", {
            document: (words) => (
              <a className="link" href="/api/v1/openapi.json">
                {words}
              </a>
            ),
          })}
        </li>
        {/* part: mcp */}
        <li>
          {t.rich("assistants", {
            address: () => <code className="inline-block font-mono break-all">{`${APP_URL}/api/mcp`}</code>,
          })}
        </li>
        {/* end of part: mcp */}
      </ul>
    </>
  );
}
