import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { UsernameField } from "@/app/_components/forms/username-field";
import { Link } from "@/app/_components/ui/link";
import { Notice } from "@/app/_components/ui/notice";
import { Section } from "@/app/_components/ui/section";
import { getPasswordState } from "@/lib/auth/passwords/password-state";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { findShownSecondFactor, type ShownSecondFactor } from "@/lib/web/session/shown-second-factor";
import { ConfirmFirst } from "../confirm-first";
import { SettingsPage } from "../settings-page";
import {
  confirmSecondFactorAction,
  enableSecondFactorAction,
  hideBackupCodesAction,
  renewBackupCodesAction,
} from "./actions";
import { BackupCodes } from "./backup-codes";
import { QrCode } from "./qr-code";

type Props = PageProps<"/me/second-factor">;

const path = "/me/second-factor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("secondFactor");
  return { title: t("title"), description: t("description") };
}

/** Turns the second factor on, renews its backup codes, and links to the page that turns it off. */
export default async function SecondFactorSettingsPage({ searchParams }: Props) {
  const user = await requireCurrentUser(path);
  const [{ on, off, renewed }, t, shown, password] = await Promise.all([
    searchParams,
    getTranslations("secondFactor"),
    findShownSecondFactor(user),
    getPasswordState(user.id),
  ]);
  return (
    <SettingsPage page="secondFactor" title={t("title")}>
      {on !== undefined && user.mfaEnabled && <Notice>{t("turnedOn")}</Notice>}
      {off !== undefined && !user.mfaEnabled && <Notice>{t("turnedOff")}</Notice>}
      {renewed !== undefined && <Notice>{t("renewed")}</Notice>}
      <p className="mt-3 max-w-[36rem] text-muted">
        <span className="font-semibold">{t(user.mfaEnabled ? "on" : "off")}</span>. {t("text")}
      </p>
      {user.mfaEnabled ? (
        <EnabledSettings hasRecentAuthentication={user.hasRecentAuthentication} codes={shown?.backupCodes} />
      ) : shown?.setup ? (
        <Setup setup={shown.setup} codes={shown.backupCodes} />
      ) : (
        <Start
          email={password.isSet ? user.email : null}
          hasRecentAuthentication={user.hasRecentAuthentication}
        />
      )}
    </SettingsPage>
  );
}

async function Start({
  email,
  hasRecentAuthentication,
}: {
  email: string | null;
  hasRecentAuthentication: boolean;
}) {
  const t = await getTranslations("secondFactor");
  if (!email && !hasRecentAuthentication) return <ConfirmFirst returnTo={path} />;
  return (
    <Form action={enableSecondFactorAction} className="mt-6 max-w-[26rem]">
      {email && <Password email={email} />}
      <SubmitButton working={t("starting")}>{t("start")}</SubmitButton>
    </Form>
  );
}

async function Setup({ setup, codes }: { setup: NonNullable<ShownSecondFactor["setup"]>; codes: string[] }) {
  const t = await getTranslations("secondFactor");
  return (
    <>
      <Section id="scan" title={t("scanTitle")} className="mt-8 max-w-[36rem]">
        <p className="mt-2 mb-4 text-muted">{t("scan")}</p>
        <QrCode text={setup.qrCodeUrl} label={t("qrCode")} />
        <p className="mt-4 break-all">
          {t("secret")}: <code className="font-mono">{setup.secret}</code>
        </p>
      </Section>
      <BackupCodes codes={codes} />
      <Section id="confirm" title={t("confirmTitle")} className="mt-10 max-w-[26rem]">
        <Form action={confirmSecondFactorAction}>
          <Field name="code" label={t("code")} help={t("appCodeHelp")} autoComplete="one-time-code" />
          <SubmitButton working={t("confirming")}>{t("confirm")}</SubmitButton>
        </Form>
      </Section>
    </>
  );
}

/** New backup codes replace the other forms until the user has saved them. */
async function EnabledSettings({
  hasRecentAuthentication,
  codes,
}: {
  hasRecentAuthentication: boolean;
  codes: string[] | undefined;
}) {
  const t = await getTranslations("secondFactor");
  if (codes) {
    return (
      <>
        <BackupCodes codes={codes} />
        <Form action={hideBackupCodesAction} className="mt-7">
          <SubmitButton working={t("saving")} className="button button-ink w-full sm:w-auto">
            {t("saved")}
          </SubmitButton>
        </Form>
      </>
    );
  }
  if (!hasRecentAuthentication) return <ConfirmFirst returnTo={path} />;
  return (
    <>
      <Section id="renew" title={t("renewTitle")} text={t("renewText")} className="mt-10 max-w-[26rem]">
        <Form action={renewBackupCodesAction}>
          <Field name="code" label={t("code")} help={t("codeHelp")} autoComplete="one-time-code" />
          <SubmitButton working={t("renewing")} className="button mt-7 w-full sm:w-auto">
            {t("renew")}
          </SubmitButton>
        </Form>
      </Section>
      <Section
        id="disable"
        title={t("disableTitle")}
        text={t("disableText")}
        className="mt-14 max-w-[26rem] border-t border-rule pt-8"
      >
        <Link href={`${path}/off`} className="button mt-5">
          {t("disable")}
        </Link>
      </Section>
    </>
  );
}

async function Password({ email }: { email: string }) {
  const t = await getTranslations("secondFactor");
  return (
    <>
      <UsernameField email={email} />
      <Field name="password" type="password" label={t("password")} autoComplete="current-password" />
    </>
  );
}
