import { github } from "./github";
import { google } from "./google";
import type { Provider } from "./provider";

/** The providers of social sign-in, in the order of their buttons. Another one is a file beside this one and a name here. */
export const providers = { google, github } satisfies Record<string, Provider>;

export type SocialProvider = keyof typeof providers;

// An object literal has no other keys, which its type does not say.
export const socialProviders = Object.keys(providers) as SocialProvider[];
