import { getTranslations } from "next-intl/server";

export async function SecondFactorState({ isOn }: { isOn: boolean }) {
  const t = await getTranslations("secondFactor");
  return <span className="font-semibold">{t(isOn ? "on" : "off")}</span>;
}
