import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { MessagePage } from "@/app/_components/pages/message-page";
import { Notice } from "@/app/_components/ui/notice";
import { findEmailTokenError } from "@/lib/auth/email/email-tokens";
import { getCurrentUser } from "@/lib/web/session/browser-session";
import { AuthPage } from "../auth-page";
import { confirmEmailAction, resendMyVerificationAction, resendVerificationAction } from "../email-actions";
import { readMailLink } from "../read-mail-link";
import { CooldownButton } from "./cooldown-button";

/** How long a user waits before they can request another email. */
const pauseSeconds = 60;

type Props = PageProps<"/verify-email">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("verifyEmail");
  return { title: t("title"), description: t("description"), robots: "noindex" };
}

/**
 * Every step of confirming an address: waiting for the email, the outcome of the link that confirms a sign-up, and
 * the button that confirms a new address.
 */
export default async function VerifyEmailPage({ searchParams }: Props) {
  const { verified, error, sent, ...link } = await searchParams;
  const { email, token } = readMailLink(link);
  if (verified === "true") return <Verified email={email} />;
  if (verified === "false") return <Failed code={String(error)} />;
  if (!token) return <Waiting sentAt={Number(sent ?? 0)} />;

  const errorCode = await findEmailTokenError({ purpose: "verify-new-address", email, token });
  return errorCode ? <Failed code={errorCode} /> : <Confirm email={email} token={token} />;
}

async function Verified({ email }: { email: string }) {
  const t = await getTranslations("verifyEmail");
  return <Confirmed title={t("verifiedTitle")} text={t("verified", { email })} />;
}

async function Failed({ code }: { code: string }) {
  const t = await getTranslations("verifyEmail");
  if (code === "auth/already-verified") return <Confirmed title={t("alreadyTitle")} text={t("already")} />;
  const outcome = code === "auth/token-expired" ? "expired" : "invalid";
  return (
    <AuthPage title={t(`${outcome}Title`)}>
      <p className="mt-6 text-17">{t(outcome)}</p>
      <Resend />
    </AuthPage>
  );
}

async function Confirm(link: { email: string; token: string }) {
  const t = await getTranslations("verifyEmail");
  return (
    <AuthPage title={t("title")}>
      <p className="mt-6 text-17">{t("confirmText", { email: link.email })}</p>
      <Form action={confirmEmailAction} hidden={link} className="mt-8">
        <SubmitButton working={t("confirming")} className="button button-ink w-full sm:w-auto">
          {t("confirm")}
        </SubmitButton>
      </Form>
    </AuthPage>
  );
}

async function Waiting({ sentAt }: { sentAt: number }) {
  const [t, user] = await Promise.all([getTranslations("verifyEmail"), getCurrentUser()]);
  if (user?.emailVerified) return <Verified email={user.email} />;
  const elapsedSeconds = Math.floor((Date.now() - sentAt) / 1000);
  const waitSeconds = Math.max(0, pauseSeconds - Math.max(0, elapsedSeconds));
  return (
    <AuthPage title={t("title")}>
      {sentAt > 0 && <Notice>{t("sent")}</Notice>}
      {user && <p className="mt-6 text-17">{t("waiting", { email: user.email })}</p>}
      <p className="mt-4 text-muted">{t(user || sentAt > 0 ? "notThere" : "whichAddress")}</p>
      <Resend waitSeconds={sentAt > 0 ? waitSeconds : 0} />
    </AuthPage>
  );
}

/** Resends the email to the current user, or to the address that a guest enters. */
async function Resend({ waitSeconds = 0 }: { waitSeconds?: number }) {
  const [t, { verifyEmail }, user] = await Promise.all([
    getTranslations("verifyEmail"),
    getMessages(),
    getCurrentUser(),
  ]);
  return (
    <Form action={user ? resendMyVerificationAction : resendVerificationAction} className="mt-6">
      {!user && <Field name="email" type="email" label={t("email")} autoComplete="username" />}
      <CooldownButton working={t("resending")} waitSeconds={waitSeconds} message={verifyEmail.pause}>
        {t("resend")}
      </CooldownButton>
    </Form>
  );
}

async function Confirmed(message: { title: string; text: string }) {
  const [t, user] = await Promise.all([getTranslations("verifyEmail"), getCurrentUser()]);
  return (
    <MessagePage
      {...message}
      links={[
        user ? { href: "/me", text: t("toMe") } : { href: "/signin", text: t("toSignIn") },
        { href: "/", text: t("home") },
      ]}
    />
  );
}
