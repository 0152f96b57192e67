import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { ProviderLogo } from "@/app/_components/ui/provider-logo";
import { configuredProviders } from "@/lib/auth/social/social-settings";
import { providers, type SocialProvider } from "@/lib/social-providers/social-providers";
import type { FormActionFunction } from "@/lib/web/forms/form-state";
import { NewTabLink } from "./new-tab-link";
import { socialSignInAction } from "./social-actions";

/** The button that leads to a provider. */
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
    <Form action={action}>
      <input type="hidden" name="provider" value={provider} />
      <input type="hidden" name="returnTo" value={returnTo} />
      {invitationToken && <input type="hidden" name="invitationToken" value={invitationToken} />}
      <SubmitButton working={t("working")} className="button w-full">
        <ProviderLogo provider={provider} />
        {t("continueWith", { provider: providers[provider].name })}
      </SubmitButton>
    </Form>
  );
}

/**
 * Sign-in by the configured providers; nothing where none is configured.
 *
 * @param children other ways, which need a script. They precede the providers.
 */
export async function SocialButtons({
  returnTo,
  invitationToken = "",
  children,
}: {
  returnTo: string;
  invitationToken?: string;
  children?: ReactNode;
}) {
  const providers = configuredProviders();
  if (providers.length === 0 && !children) return null;
  const t = await getTranslations("social");
  return (
    <div className={providers.length === 0 ? "needs-script" : undefined}>
      <p className="mt-8 flex items-center gap-4 text-13 text-muted before:h-px before:flex-1 before:bg-rule after:h-px after:flex-1 after:bg-rule">
        {t("or")}
      </p>
      <div className="mt-6 grid gap-3">
        {children}
        {providers.map((provider) => (
          <ProviderButton
            key={provider}
            action={socialSignInAction}
            provider={provider}
            returnTo={returnTo}
            invitationToken={invitationToken}
          />
        ))}
      </div>
      {providers.length > 0 && (
        <p className="mt-3 text-13 text-muted">
          {t.rich("agreement", {
            terms: (words) => <NewTabLink href="/terms">{words}</NewTabLink>,
            privacy: (words) => <NewTabLink href="/privacy">{words}</NewTabLink>,
          })}
        </p>
      )}
    </div>
  );
}
