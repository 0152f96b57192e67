import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

/** Sign-in methods other than the password. Without JavaScript it is hidden if all of them need JavaScript. */
export async function OtherMethods({ children }: { children: ReactNode }) {
  const t = await getTranslations("signIn");
  return (
    <div className="not-has-[>div>:not(.needs-script)]:needs-script">
      <p className="mt-8 flex items-center gap-4 text-13 text-muted before:h-px before:flex-1 before:bg-rule after:h-px after:flex-1 after:bg-rule">
        {t("or")}
      </p>
      <div className="mt-6 grid gap-3">{children}</div>
    </div>
  );
}
