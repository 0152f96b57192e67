import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { MessagePage } from "@/app/_components/pages/message-page";
import { Link } from "@/app/_components/ui/link";
import { Notice } from "@/app/_components/ui/notice";
import { isRegistrationOpen } from "@/lib/auth/accounts/registration";
import { hasMagicLinks } from "@/lib/auth/email/magic-links";
import { findLinkHolder } from "@/lib/auth/magic-link";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";
import { mailToken } from "@/lib/core/fields";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";
import { withQuery } from "@/lib/web/paths/with-query";
import { getCurrentUser } from "@/lib/web/session/browser-session";
import { linkRequest } from "@/lib/web/session/magic-link-cookie";
import { AuthPage } from "../auth-page";
import { requestLinkAction, signInByLinkAction } from "../link-actions";
import { NewTabLink } from "../new-tab-link";
import { readMailLink } from "../read-mail-link";

type Props = PageProps<"/magic-link">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("magicLink");
  return { title: t("title"), description: t("description"), robots: "noindex" };
}

/**
 * Sign-in by an emailed link: the form that requests the link, and the page that the link opens. The button consumes
 * the token, not the page load: an email scanner that opens the link, even one that runs scripts, does not use it up.
 */
export default async function MagicLinkPage({ searchParams }: Props) {
  const query = await searchParams;
  if (!hasMagicLinks()) return <Disabled />;
  if (query.token !== undefined) return <SignIn token={mailToken.safeParse(query.token).data ?? ""} />;
  if (query.sent !== undefined) return <Sent />;

  const returnTo = safeRedirectPath(query.returnTo, "");
  if (await getCurrentUser()) redirect(returnTo || "/me");
  const { email, token } = readMailLink({ ...query, token: query.invitation });
  return <RequestForm returnTo={returnTo} email={email} invitationToken={token} />;
}

async function RequestForm(props: { returnTo: string; email: string; invitationToken: string }) {
  const { returnTo, email, invitationToken } = props;
  const t = await getTranslations("magicLink");
  const canSignUp = isRegistrationOpen() || invitationToken !== "";
  return (
    <AuthPage title={t("title")}>
      <p className="mt-4 text-muted">{t(canSignUp ? "text" : "textClosed")}</p>
      <Form
        action={requestLinkAction}
        values={{ email }}
        hidden={{ returnTo, invitationToken }}
        className="mt-6"
      >
        <Field name="email" type="email" label={t("email")} autoComplete="username" />
        <SubmitButton working={t("submitting")}>{t("submit")}</SubmitButton>
      </Form>
      <p className="mt-8">
        <Link href={withQuery("/signin", { returnTo })} className="link">
          {t("back")}
        </Link>
      </p>
    </AuthPage>
  );
}

async function Sent() {
  const [t, request] = await Promise.all([getTranslations("magicLink"), linkRequest.find()]);
  const minutes = Math.ceil(env().MAGIC_LINK_TTL / 60);
  return (
    <MessagePage
      title={t("sentTitle")}
      text={request ? t("sent", { email: request.email, minutes }) : t("sentUnknown", { minutes })}
      note={t("notThere")}
      links={[
        { href: withQuery("/signin", { returnTo: request?.returnTo }), text: t("back") },
        { href: requestPath(request), text: t("again") },
      ]}
    />
  );
}

/** Shows the link's email address: a link that an attacker sent would sign in to the attacker's account. */
async function SignIn({ token }: { token: string }) {
  const [t, signUp, found, request] = await Promise.all([
    getTranslations("magicLink"),
    getTranslations("signUp"),
    findLink(token),
    linkRequest.find(),
  ]);
  if (found instanceof AppError) return <Refused error={found} request={request} />;
  const { email, isNewUser, asksForCode } = found;
  return (
    <AuthPage title={t("title")}>
      {request?.email !== email && <Notice>{t("otherDevice")}</Notice>}
      <p className="mt-6 text-17">{t(isNewUser ? "signUp" : "signIn", { email })}</p>
      <Form action={signInByLinkAction} hidden={{ token }}>
        {asksForCode && <CodeField />}
        <SubmitButton working={t("signingIn")}>{t(isNewUser ? "signUpSubmit" : "signInSubmit")}</SubmitButton>
      </Form>
      {isNewUser && (
        <p className="mt-3 text-13 text-muted">
          {signUp.rich("agreement", {
            terms: (words) => <NewTabLink href="/terms">{words}</NewTabLink>,
            privacy: (words) => <NewTabLink href="/privacy">{words}</NewTabLink>,
          })}
        </p>
      )}
    </AuthPage>
  );
}

async function CodeField() {
  const t = await getTranslations("secondFactor");
  return <Field name="mfaCode" label={t("code")} help={t("codeHelp")} autoComplete="one-time-code" />;
}

async function Refused({ error, request }: { error: AppError; request: LinkRequest }) {
  const t = await getTranslations("magicLink");
  const outcome = error.code === "auth/token-expired" ? "expired" : "invalid";
  return (
    <MessagePage
      title={t(`${outcome}Title`)}
      text={t(outcome)}
      links={[{ href: requestPath(request), text: t("again") }]}
    />
  );
}

type LinkRequest = Awaited<ReturnType<typeof linkRequest.find>>;

/** @returns the form that requests a link, filled in as for the last request of this browser. */
function requestPath(request: LinkRequest) {
  const { email, invitationToken: invitation, returnTo } = request ?? {};
  return withQuery("/magic-link", { email, invitation, returnTo });
}

async function Disabled() {
  const t = await getTranslations("magicLink");
  return (
    <MessagePage
      title={t("disabledTitle")}
      text={t("disabled")}
      links={[{ href: "/signin", text: t("back") }]}
    />
  );
}

async function findLink(token: string): Promise<Awaited<ReturnType<typeof findLinkHolder>> | AppError> {
  try {
    return await findLinkHolder(token);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
