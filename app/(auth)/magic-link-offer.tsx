import { getTranslations } from "next-intl/server";
import { Link } from "@/app/_components/ui/link";
import { hasMagicLinks } from "@/lib/auth/email/magic-links";
import { withQuery } from "@/lib/web/paths/with-query";

/** Leads to the form that mails a sign-in link; nothing where these are turned off. */
export async function MagicLinkOffer(query: { returnTo: string; invitation?: string; email?: string }) {
  if (!hasMagicLinks()) return null;
  const t = await getTranslations("magicLink");
  return (
    <Link href={withQuery("/magic-link", query)} className="link text-13 text-muted">
      {t("offer")}
    </Link>
  );
}
