import { getTranslations } from "next-intl/server";
import { Link } from "@/app/_components/ui/link";
import { reauthenticationPath } from "@/lib/auth/sessions/recent-authentication";

/** Replaces a form that needs recent authentication, so that the user types nothing that would be rejected. */
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
