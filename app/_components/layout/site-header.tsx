import { getLocale, getTranslations } from "next-intl/server";
import { Avatar } from "@/app/_components/ui/avatar";
import { Link } from "@/app/_components/ui/link";
import { isWriter } from "@/lib/access/changeable-by";
import { isRegistrationOpen } from "@/lib/auth/accounts/registration";
import { site } from "@/lib/config/site";
import { getCurrentUser } from "@/lib/web/session/browser-session";
import { Logo } from "./logo";

/** The name of the site, and the main navigation. */
export async function SiteHeader() {
  const [t, locale, user] = await Promise.all([getTranslations("layout"), getLocale(), getCurrentUser()]);
  const offersSignUp = !user && isRegistrationOpen();
  return (
    <header className="page-width flex h-14 shrink-0 items-center justify-between lg:max-w-[57rem]">
      <Link href="/" className="target -ml-0.5 gap-2.5 text-17 font-bold tracking-[-0.02em]">
        <Logo />
        {site.name[locale]}
      </Link>
      <nav aria-label={t("navigation")} className="-mr-2 flex items-center text-15 print:hidden">
        <Link href="/search" className="target justify-center px-2 sm:px-3">
          {t("search")}
        </Link>
        {user?.role === "admin" && (
          // Phones have no room for it: there, the account page links to it.
          <Link href="/admin" className="target justify-center px-2 max-sm:hidden sm:px-3">
            {t("admin")}
          </Link>
        )}
        {(!user || isWriter(user)) && (
          // Phones have no room for all of them.
          <Link
            href="/articles/new"
            className={`target justify-center px-2 sm:px-3 ${offersSignUp ? "max-sm:hidden" : ""}`}
          >
            {t("write")}
          </Link>
        )}
        {user ? (
          <Link href="/me" className="target justify-center px-2" aria-label={t("me", { name: user.name })}>
            <Avatar name={user.name} image={user.image} />
          </Link>
        ) : (
          <>
            <Link href="/signin" className="target justify-center px-2 sm:px-3">
              {t("signIn")}
            </Link>
            {offersSignUp && (
              <Link href="/signup" className="target justify-center px-2 sm:px-3">
                {t("signUp")}
              </Link>
            )}
          </>
        )}
      </nav>
    </header>
  );
}
