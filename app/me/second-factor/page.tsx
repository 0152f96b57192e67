import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { UsernameField } from "@/app/_components/forms/username-field";
import { Link } from "@/app/_components/ui/link";
import { Notice } from "@/app/_components/ui/notice";
import { getPasswordState } from "@/lib/auth/passwords/password-state";
import { reauthenticationPath } from "@/lib/auth/sessions/fresh-proof";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { findShownSecondFactor, type ShownSecondFactor } from "@/lib/web/session/shown-second-factor";
import { SettingsPage } from "../settings-page";
import {
  confirmSecondFactorAction,
  enableSecondFactorAction,
  hideBackupCodesAction,
  renewBackupCodesAction,
} from "./actions";
import { BackupCodes } from "./backup-codes";
import { QrCode } from "./qr-code";
import { SecondFactorState } from "./second-factor-state";

type Props = PageProps<"/me/second-factor">;

const path = "/me/second-factor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("secondFactor");
  return { title: t("title"), description: t("description") };
}

/** Where a user turns the second factor on and off, and keeps the backup codes. */
export default async function SecondFactorSettingsPage({ searchParams }: Props) {
  const user = await requireCurrentUser(path);
  const [{ on, off, renewed }, t, shown, password] = await Promise.all([
    searchParams,
    getTranslations("secondFactor"),
    findShownSecondFactor(user),
    getPasswordState(user.id),
  ]);
  const email = password.isSet ? user.email : null;
  return (
    <SettingsPage page="secondFactor" title={t("title")}>
      {on !== undefined && user.mfaEnabled && <Notice>{t("turnedOn")}</Notice>}
      {off !== undefined && !user.mfaEnabled && <Notice>{t("turnedOff")}</Notice>}
      {renewed !== undefined && <Notice>{t("renewed")}</Notice>}
      <p className="mt-3 max-w-[36rem] text-muted">
        <SecondFactorState isOn={user.mfaEnabled} />. {t("text")}
      </p>
      {user.mfaEnabled ? (
        <TurnedOn hasFreshProof={user.hasFreshProof} codes={shown?.backupCodes} />
      ) : shown?.setup ? (
        <Setup setup={shown.setup} codes={shown.backupCodes} />
      ) : (
        <Start email={email} hasFreshProof={user.hasFreshProof} />
      )}
    </SettingsPage>
  );
}

async function Start({ email, hasFreshProof }: { email: string | null; hasFreshProof: boolean }) {
  const t = await getTranslations("secondFactor");
  if (!email && !hasFreshProof) return <ConfirmFirst />;
  return (
    <Form action={enableSecondFactorAction} className="mt-6 max-w-[26rem]">
      {email && <Password email={email} />}
      <SubmitButton working={t("starting")} className="button button-ink mt-7 w-full sm:w-auto">
        {t("start")}
      </SubmitButton>
    </Form>
  );
}

async function Setup({ setup, codes }: { setup: NonNullable<ShownSecondFactor["setup"]>; codes: string[] }) {
  const t = await getTranslations("secondFactor");
  return (
    <>
      <section className="mt-8 max-w-[36rem]" aria-labelledby="scan">
        <h2 id="scan" className="text-20">
          {t("scanTitle")}
        </h2>
        <p className="mt-2 mb-4 text-muted">{t("scan")}</p>
        <QrCode text={setup.qrCodeUrl} label={t("qrCode")} />
        <p className="mt-4 break-all">
          {t("secret")}: <code className="font-mono">{setup.secret}</code>
        </p>
      </section>
      <BackupCodes codes={codes} />
      <section className="mt-10 max-w-[26rem]" aria-labelledby="confirm">
        <h2 id="confirm" className="text-20">
          {t("confirmTitle")}
        </h2>
        <Form action={confirmSecondFactorAction}>
          <Field name="code" label={t("code")} help={t("appCodeHelp")} autoComplete="one-time-code" />
          <SubmitButton working={t("confirming")} className="button button-ink mt-7 w-full sm:w-auto">
            {t("confirm")}
          </SubmitButton>
        </Form>
      </section>
    </>
  );
}

/** One form at a time asks for a code: the codes that were just made come first. */
async function TurnedOn({ hasFreshProof, codes }: { hasFreshProof: boolean; codes: string[] | undefined }) {
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
  if (!hasFreshProof) return <ConfirmFirst />;
  return (
    <>
      <section className="mt-10 max-w-[26rem]" aria-labelledby="renew">
        <h2 id="renew" className="text-20">
          {t("renewTitle")}
        </h2>
        <p className="mt-2 text-muted">{t("renewText")}</p>
        <Form action={renewBackupCodesAction}>
          <Field name="code" label={t("code")} help={t("codeHelp")} autoComplete="one-time-code" />
          <SubmitButton working={t("renewing")} className="button mt-7 w-full sm:w-auto">
            {t("renew")}
          </SubmitButton>
        </Form>
      </section>
      <section className="mt-14 max-w-[26rem] border-t border-rule pt-8" aria-labelledby="disable">
        <h2 id="disable" className="text-20">
          {t("disableTitle")}
        </h2>
        <p className="mt-2 text-muted">{t("disableText")}</p>
        <Link href={`${path}/off`} className="button mt-5">
          {t("disable")}
        </Link>
      </section>
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

async function ConfirmFirst() {
  const t = await getTranslations("secondFactor");
  return (
    <Link href={reauthenticationPath(path)} className="button mt-6">
      {t("confirmFirst")}
    </Link>
  );
}
