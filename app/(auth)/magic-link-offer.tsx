import { getTranslations } from "next-intl/server";
import { Link } from "@/app/_components/ui/link";
import { hasMagicLinks } from "@/lib/auth/email/magic-links";
import { withQuery } from "@/lib/web/paths/with-query";

/** Links to the form that requests a sign-in link; nothing if magic links are disabled. */
export async function MagicLinkOffer(query: { returnTo: string; invitation?: string; email?: string }) {
  if (!hasMagicLinks()) return null;
  const t = await getTranslations("magicLink");
  return (
    <Link href={withQuery("/magic-link", query)} className="link text-13 text-muted">
      {t("offer")}
    </Link>
  );
}
