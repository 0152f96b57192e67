"use client";

import { type RefObject, useRef, useState } from "react";
import { useFormStatus } from "react-dom";
import { useFieldState, useFormMessages } from "./client-form";

/** Says to the user why the browser used or created no passkey. */
export class PasskeyProblem extends Error {
  override name = "PasskeyProblem";
}

/**
 * For a form that is submitted with what a browser's passkey dialog answers, in the hidden field `response`.
 *
 * @param perform opens the dialog, and throws a `PasskeyProblem` to explain why nothing came of it.
 */
export function usePasskeyForm(perform: () => Promise<object>): {
  /** For the hidden field. */
  field: RefObject<HTMLInputElement | null>;
  /** For the button. */
  ask: () => Promise<void>;
  submit: (response: object) => void;
  isWorking: boolean;
  problem: string | undefined;
} {
  const field = useRef<HTMLInputElement>(null);
  const { pending } = useFormStatus();
  const { problem: responseProblem } = useFieldState("response");
  const { connection } = useFormMessages();
  const [isAsking, setIsAsking] = useState(false);
  const [problem, setProblem] = useState<string>();

  function submit(response: object): void {
    if (!field.current) return;
    field.current.value = JSON.stringify(response);
    field.current.form?.requestSubmit();
  }

  async function ask(): Promise<void> {
    if (isAsking || pending) return;
    setIsAsking(true);
    setProblem(undefined);
    try {
      submit(await perform());
    } catch (error) {
      setProblem(error instanceof PasskeyProblem ? error.message : connection);
    } finally {
      setIsAsking(false);
    }
  }

  return { field, ask, submit, isWorking: isAsking || pending, problem: problem ?? responseProblem };
}
