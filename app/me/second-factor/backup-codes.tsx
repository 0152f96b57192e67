import { getTranslations } from "next-intl/server";
import { CopyButton } from "@/app/_components/articles/copy-button";
import { PrintButton } from "./print-button";

/** The backup codes, to keep. */
export async function BackupCodes({ codes }: { codes: string[] }) {
  const t = await getTranslations("secondFactor");
  return (
    <section className="mt-10 max-w-[36rem]" aria-labelledby="codes">
      <h2 id="codes" className="text-20">
        {t("codesTitle")}
      </h2>
      <p className="mt-2 text-muted">{t("codes")}</p>
      <figure className="mt-4">
        <pre className="border-y border-rule py-3 font-mono">{codes.join("\n")}</pre>
        <div className="flex flex-wrap items-center gap-x-5">
          <CopyButton label={t("copy")} done={t("copied")} className="link" />
          <PrintButton label={t("print")} />
          {/* A plain link: what it leads to is a file, not a page. */}
          <a href="/me/second-factor/backup-codes.txt" className="target link print:hidden">
            {t("download")}
          </a>
        </div>
      </figure>
    </section>
  );
}
