"use client";

import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  WebAuthnAbortService,
} from "@simplewebauthn/browser";
import { useEffect, useEffectEvent, useState } from "react";
import { PasskeySubmit } from "@/app/_components/forms/passkey-submit";
import { PasskeyProblem, usePasskeyForm } from "@/app/_components/forms/use-passkey-form";
import type { Messages } from "@/lib/i18n/messages/en";
import { passkeyRequestOptionsAction } from "./passkey-actions";

/** How often the challenge of the autofill menu is replaced, before it expires. */
const renewalMs = 240_000;

/**
 * Submits the form around it with a passkey.
 *
 * @param isAutofilled whether the autofill menu of the username field also offers passkeys.
 */
export function PasskeyButton({
  isAutofilled = false,
  messages,
}: {
  isAutofilled?: boolean;
  messages: Messages["passkeys"]["dialog"];
}) {
  const form = usePasskeyForm(async () => {
    if (!browserSupportsWebAuthn()) throw new PasskeyProblem(messages.unsupported);
    const answer = await passkeyRequestOptionsAction({});
    if ("error" in answer) throw new PasskeyProblem(answer.error, answer.code);
    return startAuthentication({ optionsJSON: answer.result }).catch((error: unknown) => {
      // Browsers report the same error if the user cancels and if there is no passkey for this site.
      const isCancelled = error instanceof Error && error.name === "NotAllowedError";
      throw new PasskeyProblem(isCancelled ? messages.cancelled : messages.failed);
    });
  });
  useAutofill(isAutofilled && !form.isWorking, form.submit);

  return (
    <PasskeySubmit form={form} className="button w-full" working={messages.working}>
      <KeyIcon />
      {messages.continue}
    </PasskeySubmit>
  );
}

/** Conditional mediation: the autofill menu of the field with `autocomplete="… webauthn"` offers passkeys. */
function useAutofill(isEnabled: boolean, submit: (response: object) => void): void {
  const [round, setRound] = useState(0);
  const submitResponse = useEffectEvent(submit);

  // Each round requests a new challenge.
  useEffect(() => {
    if (!isEnabled) return;
    let isStopped = false;
    const offer = async () => {
      if (!(await browserSupportsWebAuthnAutofill()) || isStopped) return;
      const answer = await passkeyRequestOptionsAction({});
      if (isStopped || "error" in answer) return;
      submitResponse(await startAuthentication({ optionsJSON: answer.result, useBrowserAutofill: true }));
    };
    // No message: the user did not ask for this request, and may have signed in another way.
    offer().catch(() => {});
    const timer = setTimeout(() => setRound(round + 1), renewalMs);
    return () => {
      isStopped = true;
      clearTimeout(timer);
      WebAuthnAbortService.cancelCeremony();
    };
  }, [isEnabled, round]);
}

function KeyIcon() {
  return (
    <svg viewBox="0 0 16 16" className="size-4 shrink-0" aria-hidden="true">
      <circle cx="5" cy="8" r="3.25" className="fill-none stroke-current" strokeWidth="1.5" />
      <path
        d="M8.25 8h6.25v2.75M11.75 8v2"
        className="fill-none stroke-current"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
