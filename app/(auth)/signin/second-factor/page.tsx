import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Link } from "@/app/_components/ui/link";
import { withQuery } from "@/lib/web/paths/with-query";
import { pendingSignIn, secondFactorPath } from "@/lib/web/session/pending-sign-in";
import { secondFactorAction } from "../../actions";
import { AuthPage } from "../../auth-page";

type Props = PageProps<"/signin/second-factor">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("secondFactor");
  return { title: t("askTitle"), description: t("description"), robots: "noindex" };
}

/** The second step of signing in, for every first factor. */
export default async function SecondFactorPage({ searchParams }: Props) {
  const pending = await pendingSignIn.find();
  if (!pending) redirect("/signin");
  const [{ backup }, t] = await Promise.all([searchParams, getTranslations("secondFactor")]);
  const isBackup = backup !== undefined;
  return (
    <AuthPage title={t(isBackup ? "backupTitle" : "askTitle")}>
      <p className="mt-4 text-muted">{t(isBackup ? "backupText" : "askText")}</p>
      <Form action={secondFactorAction} className="mt-6">
        <Field
          name="code"
          label={t(isBackup ? "backupCode" : "code")}
          autoComplete={isBackup ? "off" : "one-time-code"}
        />
        <SubmitButton working={t("submitting")}>{t("submit")}</SubmitButton>
      </Form>
      <p className="mt-8 flex flex-wrap gap-x-6">
        <Link href={isBackup ? secondFactorPath : `${secondFactorPath}?backup`} className="target link">
          {t(isBackup ? "useApp" : "useBackup")}
        </Link>
        <Link href={withQuery("/signin", { returnTo: pending.returnTo })} className="target link">
          {t("startAgain")}
        </Link>
      </p>
    </AuthPage>
  );
}
