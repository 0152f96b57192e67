import { z } from "zod";
import { providers, type SocialProvider, socialProviders } from "../social-providers/social-providers";

/** The URL of a provider. Plain http is allowed on this machine only. */
const providerAddress = z
  .string()
  .trim()
  .refine(
    (text) => URL.canParse(text) && (new URL(text).protocol === "https:" || isPlainLoopback(new URL(text))),
    "must begin with https:// (http:// only on localhost)",
  )
  .refine(
    (text) => !URL.canParse(text) || !/[?#@]/.test(new URL(text).href),
    "must have no query, fragment or account",
  )
  .transform((text) => text.replace(/\/+$/, ""));

const shape: Record<string, z.ZodType<string | undefined>> = Object.fromEntries(
  socialProviders.map(namesOf).flatMap(({ clientId, clientSecret, address }) => [
    [clientId, z.string().optional()],
    [clientSecret, z.string().optional()],
    [address, providerAddress.optional()],
  ]),
);

export const providerSettingNames: readonly string[] = Object.keys(shape);

/** The client id and secret are set together, or not at all if the provider is not offered. */
export type ProviderSettings = {
  clientId: string | undefined;
  clientSecret: string | undefined;
  /** Without a trailing slash. */
  address: string;
};

/** Reads the settings of each provider, whether it is offered or not, from the variables of the environment. */
export const providerSettings = z
  .object(shape)
  .check(({ value, issues }) => {
    for (const { clientId, clientSecret } of socialProviders.map(namesOf)) {
      for (const [given = "", needed = ""] of [
        [clientId, clientSecret],
        [clientSecret, clientId],
      ]) {
        if (!value[given] || value[needed]) continue;
        issues.push({
          code: "custom",
          path: [needed],
          message: `is required together with ${given}`,
          input: value,
        });
      }
    }
  })
  .transform((variables) => {
    const settings = socialProviders.map((provider): [SocialProvider, ProviderSettings] => {
      const { clientId, clientSecret, address } = namesOf(provider);
      return [
        provider,
        {
          clientId: variables[clientId],
          clientSecret: variables[clientSecret],
          address: variables[address] ?? providers[provider].address,
        },
      ];
    });
    // Each provider has an entry; the type of `fromEntries` does not express that.
    return Object.fromEntries(settings) as Record<SocialProvider, ProviderSettings>;
  });

function namesOf(provider: SocialProvider) {
  const prefix = `AUTH_${provider.toUpperCase()}`;
  return {
    clientId: `${prefix}_ID`,
    clientSecret: `${prefix}_SECRET`,
    address: providers[provider].addressSetting,
  };
}

/** @returns whether a URL is plain http on this machine. */
function isPlainLoopback({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
