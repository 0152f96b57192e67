import { getTranslations } from "next-intl/server";
import { recognizeDevice } from "@/lib/auth/sessions/describe-device";

/** @returns the browser and system of a device, in the reader's language. */
export async function nameDevice(userAgent: string | null): Promise<string> {
  const t = await getTranslations("sessions");
  const { browser, system } = recognizeDevice(userAgent);
  return browser && system ? t("device", { browser, system }) : (browser ?? system ?? t("unknownDevice"));
}
