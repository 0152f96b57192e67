import { providers, type SocialProvider } from "@/lib/social-providers/social-providers";

/** The logo of a provider in the color of the text. Decorative: the provider's name follows it. */
export function ProviderLogo({ provider }: { provider: SocialProvider }) {
  return (
    <svg viewBox="0 0 16 16" className="size-4 shrink-0 fill-current" aria-hidden="true">
      <path d={providers[provider].logo} />
    </svg>
  );
}
