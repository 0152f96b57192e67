import { getTranslations } from "next-intl/server";
import { CopyButton } from "@/app/_components/articles/copy-button";
import { Section } from "@/app/_components/ui/section";
import { PrintButton } from "./print-button";

/** The backup codes, to copy, print or download. */
export async function BackupCodes({ codes }: { codes: string[] }) {
  const t = await getTranslations("secondFactor");
  return (
    <Section id="codes" title={t("codesTitle")} text={t("codes")} className="mt-10 max-w-[36rem]">
      <figure className="mt-4">
        <pre className="border-y border-rule py-3 font-mono">{codes.join("\n")}</pre>
        <div className="flex flex-wrap items-center gap-x-5">
          <CopyButton label={t("copy")} done={t("copied")} className="link" />
          <PrintButton label={t("print")} />
          {/* A plain link, because it leads to a file, not to a page. */}
          <a href="/me/second-factor/backup-codes.txt" className="target link print:hidden">
            {t("download")}
          </a>
        </div>
      </figure>
    </Section>
  );
}
