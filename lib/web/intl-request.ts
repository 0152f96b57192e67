import { getRequestConfig } from "next-intl/server";
import { site } from "@/lib/config/site";
import { messages } from "@/lib/i18n/translate";
import { currentLocale } from "./preferences";

/** Configures next-intl in server components: the reader's language, the site's time zone. */
export default getRequestConfig(async () => {
  const locale = await currentLocale();
  return { locale, messages: messages[locale], timeZone: site.timeZone };
});
