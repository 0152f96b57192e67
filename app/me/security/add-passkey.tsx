import { getMessages, getTranslations } from "next-intl/server";
import { nameDevice } from "@/app/_components/devices/name-device";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { maxPasskeyNameLength } from "@/lib/auth/passkeys/contract";
import { currentClient } from "@/lib/web/session/browser-session";
import { ReauthenticateAgain } from "../reauthenticate-again";
import { addPasskeyAction } from "./actions";
import { CreatePasskeyButton } from "./create-passkey-button";

/** The form that adds a passkey, which needs JavaScript. */
export async function AddPasskey() {
  const [t, { passkeys, reauthenticate, layout }, { userAgent }] = await Promise.all([
    getTranslations("passkeys"),
    getMessages(),
    currentClient(),
  ]);
  return (
    <>
      <p className="needs-no-script mt-5">{t("noScript")}</p>
      <div className="needs-script mt-6 max-w-[26rem]">
        <Form action={addPasskeyAction}>
          <ReauthenticateAgain reauthenticate={reauthenticate.link} signIn={layout.signIn} />
          <Field
            name="name"
            label={t("name")}
            help={t("nameHelp")}
            initial={await nameDevice(userAgent)}
            maxLength={maxPasskeyNameLength}
            autoComplete="off"
          />
          <CreatePasskeyButton messages={passkeys.dialog} reauthenticate={reauthenticate.link} />
        </Form>
      </div>
    </>
  );
}
