"use client";

import type { ReactNode } from "react";
import { InlineError } from "@/app/_components/ui/inline-error";
import { useFormMessages } from "./client-form";
import type { usePasskeyForm } from "./use-passkey-form";

/** The button of a form made by `usePasskeyForm`, its hidden field, and why nothing came of the dialog. */
export function PasskeySubmit({
  form: { field, ask, isWorking, problem },
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
          // The dialog comes first, also where Enter in a field presses the button.
          event.preventDefault();
          void ask();
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
