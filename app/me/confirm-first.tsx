import { getTranslations } from "next-intl/server";
import { Link } from "@/app/_components/ui/link";
import { reauthenticationPath } from "@/lib/auth/sessions/fresh-proof";

/** In place of what asks for a proof that is not there: nothing can be typed that would be lost. */
export async function ConfirmFirst({ returnTo }: { returnTo: string }) {
  const t = await getTranslations("reauthenticate");
  return (
    <div className="mt-5">
      <p>{t("needed")}</p>
      <Link href={reauthenticationPath(returnTo)} className="button mt-3">
        {t("link")}
      </Link>
    </div>
  );
}
