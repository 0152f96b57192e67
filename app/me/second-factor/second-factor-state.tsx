import { getTranslations } from "next-intl/server";

/** Whether the second factor is on, in a word. */
export async function SecondFactorState({ isOn }: { isOn: boolean }) {
  const t = await getTranslations("secondFactor");
  return <span className="font-semibold">{t(isOn ? "on" : "off")}</span>;
}
