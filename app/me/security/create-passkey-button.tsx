"use client";

import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  startRegistration,
} from "@simplewebauthn/browser";
import { PasskeySubmit } from "@/app/_components/forms/passkey-submit";
import { PasskeyProblem, usePasskeyForm } from "@/app/_components/forms/use-passkey-form";
import type { ScriptAnswer } from "@/lib/web/forms/form-action";

type Words = {
  add: string;
  working: string;
  notCreated: string;
  alreadyThere: string;
  unsupported: string;
  failed: string;
};

/**
 * Submits the form around it with a new passkey.
 *
 * @param getOptions the server action that issues the challenge.
 */
export function CreatePasskeyButton({
  getOptions,
  words,
}: {
  getOptions: (input: Record<string, never>) => Promise<ScriptAnswer<PublicKeyCredentialCreationOptionsJSON>>;
  words: Words;
}) {
  const form = usePasskeyForm(async () => {
    if (!browserSupportsWebAuthn()) throw new PasskeyProblem(words.unsupported);
    const answer = await getOptions({});
    if ("error" in answer) throw new PasskeyProblem(answer.error);
    return startRegistration({ optionsJSON: answer.result }).catch((error: unknown) => {
      throw new PasskeyProblem(explain(error, words));
    });
  });
  return (
    <PasskeySubmit form={form} className="button mt-5" working={words.working}>
      {words.add}
    </PasskeySubmit>
  );
}

function explain(error: unknown, words: Words): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") return words.alreadyThere;
  return name === "NotAllowedError" ? words.notCreated : words.failed;
}
