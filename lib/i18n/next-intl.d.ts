import type { Locale } from "./locales";
import type { Messages } from "./messages/en";

/** A key that does not exist is a type error. */
declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
