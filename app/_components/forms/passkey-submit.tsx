"use client";

import type { ReactNode } from "react";
import { InlineError } from "@/app/_components/ui/inline-error";
import { useFormMessages } from "./client-form";
import type { usePasskeyForm } from "./use-passkey-form";

/** The button and the hidden field of a form made by `usePasskeyForm`, and the error of its dialog. */
export function PasskeySubmit({
  form: { field, openDialog, isWorking, problem },
  className,
  working,
  children,
}: {
  form: ReturnType<typeof usePasskeyForm>;
  className: string;
  working: string;
  children: ReactNode;
}) {
  const { error } = useFormMessages();
  return (
    <>
      <input ref={field} type="hidden" name="response" />
      <button
        type="submit"
        className={className}
        aria-disabled={isWorking || undefined}
        onClick={(event) => {
          // The dialog opens before the form is submitted, also when the Enter key in a field clicks the button.
          event.preventDefault();
          void openDialog();
        }}
      >
        {isWorking ? working : children}
      </button>
      {problem && (
        <div role="alert" className="mt-3">
          <InlineError label={error}>{problem}</InlineError>
        </div>
      )}
    </>
  );
}
