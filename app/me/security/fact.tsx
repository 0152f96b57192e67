import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { hidden } from "@/app/_components/ui/hidden-words";
import { Link } from "@/app/_components/ui/link";

/** One security setting of an account, and a link to change it. */
export async function Fact({
  name,
  link,
  children,
}: {
  name: string;
  link: { href: Route; words: "change" | "set" | "manage" };
  children: ReactNode;
}) {
  const t = await getTranslations("accountSecurity");
  return (
    <div className="border-b border-rule py-2 sm:flex sm:min-h-12 sm:items-center sm:gap-6 sm:py-0">
      <dt className="text-13 text-muted sm:w-32 sm:shrink-0">{name}</dt>
      <dd className="flex min-w-0 flex-1 items-center justify-between gap-6">
        <span className="min-w-0">{children}</span>
        <Link href={link.href} className="target link shrink-0">
          {t.rich(link.words, { name, hidden })}
        </Link>
      </dd>
    </div>
  );
}
