import { getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { NewTabLink } from "@/app/(auth)/new-tab-link";
import { OtherMethods } from "@/app/(auth)/other-methods";
import { configuredProviders } from "@/lib/auth/social/social-settings";
import { providers, type SocialProvider } from "@/lib/social-providers/social-providers";
import type { FormActionFunction } from "@/lib/web/forms/form-state";
import { ProviderLogo } from "./provider-logo";
import { socialSignInAction } from "./social-actions";

export async function ProviderButton({
  action,
  provider,
  returnTo,
  invitationToken = "",
}: {
  action: FormActionFunction;
  provider: SocialProvider;
  returnTo: string;
  invitationToken?: string;
}) {
  const t = await getTranslations("social");
  return (
    <Form action={action} hidden={{ provider, returnTo, invitationToken }}>
      <SubmitButton working={t("working")} className="button w-full">
        <ProviderLogo provider={provider} />
        {t("continueWith", { provider: providers[provider].name })}
      </SubmitButton>
    </Form>
  );
}

/** The sign-in buttons of the configured providers; nothing if none is configured. */
export async function SocialButtons({
  returnTo,
  invitationToken = "",
}: {
  returnTo: string;
  invitationToken?: string;
}) {
  const providers = configuredProviders();
  if (providers.length === 0) return null;
  const t = await getTranslations("signUp");
  return (
    <>
      {providers.map((provider) => (
        <ProviderButton
          key={provider}
          action={socialSignInAction}
          provider={provider}
          returnTo={returnTo}
          invitationToken={invitationToken}
        />
      ))}
      <p className="text-13 text-muted">
        {t.rich("agreement", {
          terms: (words) => <NewTabLink href="/terms">{words}</NewTabLink>,
          privacy: (words) => <NewTabLink href="/privacy">{words}</NewTabLink>,
        })}
      </p>
    </>
  );
}

/** `SocialButtons` below the sign-up form, which offers no other method. */
export function SocialSignUp(target: { returnTo: string; invitationToken: string }) {
  if (configuredProviders().length === 0) return null;
  return (
    <OtherMethods>
      <SocialButtons {...target} />
    </OtherMethods>
  );
}
