import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Link } from "@/app/_components/ui/link";
import { Section } from "@/app/_components/ui/section";
import { hasOneSignInMethod } from "@/lib/auth/methods/sign-in-methods";
import { maxPasskeyNameLength } from "@/lib/auth/passkeys/contract";
import { getPasskey } from "@/lib/auth/passkeys/passkeys";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { notFoundInstead } from "@/lib/web/not-found-instead";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { ConfirmFirst } from "../../../confirm-first";
import { SettingsPage } from "../../../settings-page";
import { removePasskeyAction, renamePasskeyAction } from "../../actions";

type Props = PageProps<"/me/security/passkeys/[id]">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("passkeys");
  return { title: t("editTitle"), description: t("editDescription") };
}

/** Renames or removes a passkey. */
export default async function PasskeyPage({ params }: Props) {
  const { id } = await params;
  const path = `/me/security/passkeys/${encodeURIComponent(id)}` as const;
  const user = await requireCurrentUser(path);
  const [t, passkey] = await Promise.all([
    getTranslations("passkeys"),
    getPasskey(id, user).catch(notFoundInstead),
  ]);
  return (
    <SettingsPage page="security" title={t("editTitle")}>
      <div className="mt-3 max-w-[26rem]">
        <Form action={renamePasskeyAction} hidden={{ id: passkey.id }}>
          <Field
            name="name"
            label={t("name")}
            help={t("nameHelp")}
            initial={passkey.name}
            maxLength={maxPasskeyNameLength}
            autoComplete="off"
          />
          <SubmitButton working={t("renaming")} className="button button-ink mt-5 w-full sm:w-auto">
            {t("rename")}
          </SubmitButton>
        </Form>
      </div>
      <Section
        id="remove"
        title={t("removeTitle")}
        text={t("removeText")}
        className="mt-14 border-t border-rule pt-8"
      >
        <Removal id={passkey.id} user={user} path={path} />
      </Section>
      <p className="mt-10">
        <Link href="/me/security" className="target link">
          {t("back")}
        </Link>
      </p>
    </SettingsPage>
  );
}

async function Removal({ id, user, path }: { id: string; user: CurrentUser; path: string }) {
  const t = await getTranslations("passkeys");
  if (await hasOneSignInMethod(user.id)) return <p className="mt-5">{t("last")}</p>;
  if (!user.hasRecentAuthentication) return <ConfirmFirst returnTo={path} />;
  return (
    <Form action={removePasskeyAction} hidden={{ id }} className="mt-5">
      <SubmitButton working={t("removing")} className="button button-accent w-full sm:w-auto">
        {t("remove")}
      </SubmitButton>
    </Form>
  );
}
