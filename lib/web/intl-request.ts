import { getRequestConfig } from "next-intl/server";
import { site } from "@/lib/config/site";
import { messages } from "@/lib/i18n/translate";
import { currentLocale } from "./preferences";

/** What next-intl speaks in server components: the reader's language, the site's time. */
export default getRequestConfig(async () => {
  const locale = await currentLocale();
  return { locale, messages: messages[locale], timeZone: site.timeZone };
});
