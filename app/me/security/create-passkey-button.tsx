"use client";

import { browserSupportsWebAuthn, startRegistration } from "@simplewebauthn/browser";
import { PasskeySubmit } from "@/app/_components/forms/passkey-submit";
import { PasskeyProblem, usePasskeyForm } from "@/app/_components/forms/use-passkey-form";
import type { Messages } from "@/lib/i18n/messages/en";
import { ReauthenticateLink } from "../reauthenticate-again";
import { passkeyCreationOptionsAction } from "./actions";

/** Submits the form around it with a new passkey. */
export function CreatePasskeyButton({
  messages,
  reauthenticate,
}: {
  messages: Messages["passkeys"]["dialog"];
  reauthenticate: string;
}) {
  const form = usePasskeyForm(async () => {
    if (!browserSupportsWebAuthn()) throw new PasskeyProblem(messages.unsupported);
    const answer = await passkeyCreationOptionsAction({});
    if ("error" in answer) throw new PasskeyProblem(answer.error, answer.code);
    return startRegistration({ optionsJSON: answer.result }).catch((error: unknown) => {
      throw new PasskeyProblem(explain(error, messages));
    });
  });
  return (
    <>
      <PasskeySubmit form={form} className="button mt-5" working={messages.working}>
        {messages.add}
      </PasskeySubmit>
      {form.code === "auth/reauthentication-required" && <ReauthenticateLink label={reauthenticate} />}
    </>
  );
}

function explain(error: unknown, messages: Messages["passkeys"]["dialog"]): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") return messages.alreadyThere;
  return name === "NotAllowedError" ? messages.notCreated : messages.failed;
}
