import { getRequestConfig } from "next-intl/server";
import { currentLocale } from "@/lib/preferences";
import { site } from "@/lib/site";
import { messages } from "./translate";

/** What next-intl speaks in server components: the reader's language, the site's time. */
export default getRequestConfig(async () => {
  const locale = await currentLocale();
  return { locale, messages: messages[locale], timeZone: site.timeZone };
});
