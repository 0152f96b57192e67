import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

/** Sign-in methods beside the password. Where there is no script and all of them need one, none of it is shown. */
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
