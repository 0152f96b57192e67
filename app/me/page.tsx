import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { Link } from "@/app/_components/link";
import { signOutAction } from "@/app/(auth)/actions";
import { requireWebUser } from "@/lib/auth/web-session";
import { Form } from "../_components/form";
import { Frame } from "../_components/frame";
import { Notice } from "../_components/notice";
import { SubmitButton } from "../_components/submit-button";
import { UnverifiedBanner } from "../_components/unverified-banner";
import { ChangeAddress } from "./change-address";
import { ChangePassword } from "./change-password";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("me");
  return { title: t("title"), description: t("description") };
}

type Props = { searchParams: Promise<{ changed?: string }> };

export default async function MePage({ searchParams }: Props) {
  const user = await requireWebUser("/me");
  const { changed } = await searchParams;
  const [t, security, format] = await Promise.all([
    getTranslations("me"),
    getTranslations("security"),
    getFormatter(),
  ]);
  const facts = [
    { label: t("email"), value: user.email, note: user.emailVerified ? t("verified") : t("unverified") },
    { label: t("role"), value: t(`roles.${user.role}`) },
    { label: t("since"), value: format.dateTime(user.createdAt, { dateStyle: "long" }) },
  ];
  return (
    <Frame>
      <UnverifiedBanner user={user} />
      <div className="with-margin pt-12 lg:pt-16">
        <p className="text-13 text-muted lg:pt-3">{t("title")}</p>
        <h1 className="text-32">{user.name}</h1>
        <div className="in-column">
          {changed === "password" && <Notice>{security("passwordChanged")}</Notice>}
          {changed === "address" && <Notice>{security("addressSent")}</Notice>}
        </div>
      </div>
      <dl className="mt-8 lg:mt-10">
        {facts.map(({ label, value, note }) => (
          <div key={label} className="with-margin group">
            <dt className="pt-3 text-13 text-muted lg:pt-4">{label}</dt>
            <dd className="border-rule pb-3 text-17 group-not-last:border-b lg:py-3">
              {value}
              {note && <span className="ml-2 text-13 text-muted">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <div className="with-margin mt-8">
        <div className="in-column flex flex-wrap gap-3">
          <Link href="/articles" className="button button-ink">
            {t("articles")}
          </Link>
          <Link href="/articles/new" className="button">
            {t("write")}
          </Link>
          <Form action={signOutAction}>
            <SubmitButton working={t("signingOut")} className="button">
              {t("signOut")}
            </SubmitButton>
          </Form>
        </div>
      </div>
      <ChangePassword email={user.email} />
      <ChangeAddress user={user} />
    </Frame>
  );
}
