import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Checkbox, Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { NewPasswordField } from "@/app/_components/forms/new-password-field";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { UsernameField } from "@/app/_components/forms/username-field";
import { MessagePage } from "@/app/_components/pages/message-page";
import { Link } from "@/app/_components/ui/link";
import { SocialSignUp } from "@/app/(auth)/_social/social-buttons";
import { isRegistrationOpen } from "@/lib/auth/accounts/registration";
import { findInvitation } from "@/lib/auth/invitations/accept-invitation";
import { env } from "@/lib/config/env";
import { errorMessage } from "@/lib/core/error-messages";
import type { ErrorCode } from "@/lib/core/errors";
import { maxNameLength } from "@/lib/core/fields";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";
import { withQuery } from "@/lib/web/paths/with-query";
import { currentLocale } from "@/lib/web/preferences";
import { getCurrentUser } from "@/lib/web/session/browser-session";
import { signUpAction } from "../actions";
import { AuthPage } from "../auth-page";
import { MagicLinkOffer } from "../magic-link-offer";
import { NewTabLink } from "../new-tab-link";
import { readMailLink } from "../read-mail-link";

type Props = PageProps<"/signup">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signUp");
  return { title: t("title"), description: t("description") };
}

export default async function SignUpPage({ searchParams }: Props) {
  const query = await searchParams;
  const returnTo = safeRedirectPath(query.returnTo, "");
  if (await getCurrentUser()) redirect(returnTo || "/me");
  const { email, token } = readMailLink({ ...query, token: query.invitation });
  if (query.invitation === undefined) {
    return isRegistrationOpen() ? <SignUp returnTo={returnTo} /> : <RegistrationClosed />;
  }
  const invitation = await findInvitation({ token, email });
  if (typeof invitation === "string") return <InvitationRejected code={invitation} />;
  return <SignUp returnTo={returnTo} invitation={{ ...invitation, token, email }} />;
}

async function SignUp({
  returnTo,
  invitation = { token: "", email: "", name: null },
}: {
  returnTo: string;
  invitation?: { token: string; email: string; name: string | null };
}) {
  const [t, registration] = await Promise.all([getTranslations("signUp"), getTranslations("registration")]);
  const { token, email, name } = invitation;
  return (
    <AuthPage title={t("title")}>
      {token && <p className="mt-4 text-17">{registration("invited", { email })}</p>}
      <Form
        action={signUpAction}
        values={{ name: name ?? "" }}
        hidden={{ returnTo, invitationToken: token, email: token ? email : undefined }}
        className="mt-8"
      >
        <Field
          name="name"
          label={t("name")}
          help={t("nameHelp")}
          autoComplete="name"
          maxLength={maxNameLength}
        />
        {token ? (
          <UsernameField email={email} />
        ) : (
          <Field name="email" type="email" label={t("email")} autoComplete="username" />
        )}
        <NewPasswordField name="password" label={t("password")} />
        <div className="mt-6">
          <Checkbox name="termsAccepted">
            {t.rich("termsAccepted", { link: (words) => <NewTabLink href="/terms">{words}</NewTabLink> })}
          </Checkbox>
          <Checkbox name="privacyAccepted">
            {t.rich("privacyAccepted", {
              link: (words) => <NewTabLink href="/privacy">{words}</NewTabLink>,
            })}
          </Checkbox>
        </div>
        <SubmitButton working={t("submitting")} className="button button-ink mt-6 w-full sm:w-auto">
          {t("submit")}
        </SubmitButton>
      </Form>
      {/* part: social-sign-in */}
      <SocialSignUp returnTo={returnTo} invitationToken={token} />
      {/* end of part: social-sign-in */}
      <p className="mt-6">
        <MagicLinkOffer returnTo={returnTo} invitation={token} email={email} />
      </p>
      <p className="mt-8 text-muted">
        {t("haveAccount")}{" "}
        <Link href={withQuery("/signin", { returnTo })} className="link text-ink">
          {t("signIn")}
        </Link>
      </p>
    </AuthPage>
  );
}

async function RegistrationClosed() {
  const t = await getTranslations("registration");
  return (
    <NoSignUp
      title={t("closedTitle")}
      text={t(env().REGISTRATION === "invitation" ? "invitation" : "closed")}
    />
  );
}

async function InvitationRejected({ code }: { code: ErrorCode }) {
  const [t, locale] = await Promise.all([getTranslations("registration"), currentLocale()]);
  const text = code === "auth/invalid-token" ? t("invalid") : errorMessage(code, locale);
  return <NoSignUp title={t("refusedTitle")} text={text} />;
}

async function NoSignUp({ title, text }: { title: string; text: string }) {
  const t = await getTranslations("registration");
  return (
    <MessagePage
      title={title}
      text={text}
      links={[
        { href: "/signin", text: t("signIn") },
        { href: "/", text: t("home") },
      ]}
    />
  );
}
