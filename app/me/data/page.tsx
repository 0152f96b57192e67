import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Section } from "@/app/_components/ui/section";
import { ClearDrafts } from "@/app/articles/_editor/drafts/clear-drafts";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { deleteAccountAction } from "../actions";
import { ConfirmFirst } from "../confirm-first";
import { ReauthenticateAgain } from "../reauthenticate-again";
import { SettingsPage } from "../settings-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("data");
  return { title: t("title"), description: t("description") };
}

/** The export of the user's data, and the deletion of the account. */
export default async function DataPage() {
  const { id, email, hasRecentAuthentication } = await requireCurrentUser("/me/data");
  const t = await getTranslations("data");
  return (
    <SettingsPage page="data" title={t("title")}>
      <Section id="download" title={t("downloadTitle")} text={t("downloadText")} className="mt-8">
        {hasRecentAuthentication ? (
          // A plain link, because it leads to a file, not to a page.
          <a href="/me/data.json" className="button mt-5">
            {t("download")}
          </a>
        ) : (
          <ConfirmFirst returnTo="/me/data" />
        )}
      </Section>
      <Section
        id="delete"
        title={t("deleteTitle")}
        text={t("deleteText")}
        className="mt-14 border-t border-rule pt-8"
      >
        <dl className="mt-5 max-w-[36rem] space-y-3">
          <div>
            <dt className="font-semibold">{t("goes")}</dt>
            <dd>{t("goesText")}</dd>
          </div>
          <div>
            <dt className="font-semibold">{t("stays")}</dt>
            <dd>{t("staysText")}</dd>
          </div>
        </dl>
        {hasRecentAuthentication ? (
          <DeleteAccount id={id} email={email} />
        ) : (
          <ConfirmFirst returnTo="/me/data" />
        )}
      </Section>
    </SettingsPage>
  );
}

async function DeleteAccount({ id, email }: { id: string; email: string }) {
  const [t, { reauthenticate, layout }] = await Promise.all([getTranslations("data"), getMessages()]);
  return (
    <Form action={deleteAccountAction} className="max-w-[26rem]">
      <ReauthenticateAgain reauthenticate={reauthenticate.link} signIn={layout.signIn} />
      <Field
        name="email"
        type="email"
        label={t("confirmation")}
        help={t("confirmationHelp", { email })}
        autoComplete="off"
      />
      <ClearDrafts userId={id} />
      <SubmitButton working={t("deleting")} className="button button-accent mt-7 w-full sm:w-auto">
        {t("delete")}
      </SubmitButton>
    </Form>
  );
}
