import { getFormatter, getTranslations } from "next-intl/server";
import { hidden } from "@/app/_components/ui/hidden-words";
import { Link } from "@/app/_components/ui/link";
import { Section } from "@/app/_components/ui/section";
import type { ListedPasskey } from "@/lib/auth/passkeys/contract";
import { listPasskeys } from "@/lib/auth/passkeys/passkeys";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { ConfirmFirst } from "../confirm-first";
import { AddPasskey } from "./add-passkey";

const path = "/me/security";

/** More passkeys than any user has, so the page needs no pagination. */
const maxListed = 100;

/** The passkeys of a user, and the form that adds one. */
export async function PasskeyList({ user }: { user: CurrentUser }) {
  const [t, { items: passkeys }] = await Promise.all([
    getTranslations("accountSecurity"),
    listPasskeys({ page: 1, limit: maxListed }, user),
  ]);
  return (
    <Section id="passkeys" title={t("passkeys")} text={t("passkeysText")} className="mt-14">
      {passkeys.length === 0 ? (
        <p className="mt-5">{t("passkeysNone")}</p>
      ) : (
        <ul className="mt-5 border-t border-rule">
          {passkeys.map((passkey) => (
            <Passkey key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {user.hasRecentAuthentication ? <AddPasskey /> : <ConfirmFirst returnTo={path} />}
    </Section>
  );
}

async function Passkey({ passkey: { id, name, createdAt, lastUsedAt } }: { passkey: ListedPasskey }) {
  const [t, format] = await Promise.all([getTranslations("passkeys"), getFormatter()]);
  const dateOf = (time: Date) => format.dateTime(time, { dateStyle: "medium" });
  return (
    <li className="flex items-center justify-between gap-6 border-b border-rule py-2">
      <div className="min-w-0 py-2">
        <p className="font-semibold">{name}</p>
        <p className="text-13 text-muted tabular-nums">
          {t("created", { date: dateOf(createdAt) })}
          {"\u00a0· "}
          {lastUsedAt ? t("used", { date: dateOf(lastUsedAt) }) : t("unused")}
        </p>
      </div>
      <Link href={`${path}/passkeys/${id}`} className="target link shrink-0">
        {t.rich("edit", { name, hidden })}
      </Link>
    </li>
  );
}
