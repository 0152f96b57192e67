"use client";

import { type RefObject, useRef, useState } from "react";
import { useFormStatus } from "react-dom";
import type { ErrorCode } from "@/lib/core/errors";
import { useFieldState, useFormMessages } from "./client-form";

/** Its message tells the user why the browser used or created no passkey. */
export class PasskeyProblem extends Error {
  override name = "PasskeyProblem";

  /** @param code why the server issued no challenge. */
  constructor(
    message: string,
    readonly code?: ErrorCode,
  ) {
    super(message);
  }
}

/**
 * For a form that submits the response of the browser's passkey dialog in the hidden field `response`.
 *
 * @param perform opens the dialog, and throws a `PasskeyProblem` if it fails for a reason the user can be told.
 */
export function usePasskeyForm(perform: () => Promise<object>): {
  /** The hidden field. */
  field: RefObject<HTMLInputElement | null>;
  /** The click handler of the button. */
  openDialog: () => Promise<void>;
  submit: (response: object) => void;
  isWorking: boolean;
  problem: string | undefined;
  /** The error code if the server issued no challenge, so that a form can offer a next step. */
  code: ErrorCode | undefined;
} {
  const field = useRef<HTMLInputElement>(null);
  const { pending } = useFormStatus();
  const { problem: responseProblem } = useFieldState("response");
  const { connection } = useFormMessages();
  const [isDialogOpen, setIsDialogOpen] = useState(false);
  const [problem, setProblem] = useState<Pick<PasskeyProblem, "message" | "code">>();

  function submit(response: object): void {
    if (!field.current) return;
    field.current.value = JSON.stringify(response);
    field.current.form?.requestSubmit();
  }

  async function openDialog(): Promise<void> {
    if (isDialogOpen || pending) return;
    setIsDialogOpen(true);
    setProblem(undefined);
    try {
      submit(await perform());
    } catch (error) {
      setProblem(error instanceof PasskeyProblem ? error : { message: connection });
    } finally {
      setIsDialogOpen(false);
    }
  }

  return {
    field,
    openDialog,
    submit,
    isWorking: isDialogOpen || pending,
    problem: problem?.message ?? responseProblem,
    code: problem?.code,
  };
}
