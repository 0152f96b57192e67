import { github } from "./github";
import { google } from "./google";
import type { Provider } from "./provider";

/** The providers of social sign-in, in the order of their buttons. To add one, add its file and name it here. */
export const providers = { google, github } satisfies Record<string, Provider>;

export type SocialProvider = keyof typeof providers;

// The object literal has no other keys; the type of `Object.keys` does not express that.
export const socialProviders = Object.keys(providers) as SocialProvider[];
