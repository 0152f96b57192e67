"use client";

import { unstable_rethrow } from "next/navigation";
import {
  createContext,
  type ReactNode,
  use,
  useActionState,
  useEffect,
  useRef,
  useSyncExternalStore,
} from "react";
import { InlineError } from "@/app/_components/ui/inline-error";
import { emptyFormState, type FormActionFunction, type FormState } from "@/lib/web/forms/form-state";

type FormMessages = { error: string; connection: string };

/** What a form tells those in it once it was sent and the server has done what it asked for. */
export const formSubmittedEvent = "sent";

const FormStateContext = createContext<FormState & { words: FormMessages }>({
  ...emptyFormState,
  words: { error: "", connection: "" },
});

/** The part of `Form` that runs in the browser. */
export function ClientForm({
  action,
  values = {},
  words,
  className,
  children,
}: {
  action: FormActionFunction;
  values?: Record<string, string>;
  words: FormMessages;
  className?: string;
  children: ReactNode;
}) {
  // Until the script runs it must be the server's own action, which a plain form can be sent to.
  const isLive = useSyncExternalStore(subscribeToNothing, isTrue, isFalse);
  const form = useRef<HTMLFormElement>(null);
  const tellSent = () => form.current?.dispatchEvent(new Event(formSubmittedEvent));
  const [state, send] = useActionState(
    isLive ? keepTypedValues(action, words.connection, tellSent) : action,
    { ...emptyFormState, values },
  );

  useEffect(() => {
    if (!state.error && Object.keys(state.fieldErrors).length === 0) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  }, [state]);

  return (
    <form ref={form} action={send} noValidate className={className}>
      {state.error && (
        <div role="alert" tabIndex={-1} className="mb-6">
          <InlineError label={words.error}>{state.error}</InlineError>
        </div>
      )}
      <FormStateContext value={{ ...state, words }}>{children}</FormStateContext>
    </form>
  );
}

/** @returns why the form around it was refused, if it was. */
export function useFormError(): FormState["code"] {
  return use(FormStateContext).code;
}

/** @returns what came back for one field of the form around it. */
export function useFieldState(name: string): {
  value: string | undefined;
  problem: string | undefined;
  words: FormMessages;
} {
  const { values, fieldErrors, words } = use(FormStateContext);
  return { value: values[name], problem: fieldErrors[name], words };
}

/** When the server cannot be reached, the page stays as it is, and so does what was typed. */
function keepTypedValues(
  action: FormActionFunction,
  message: string,
  tellSent: () => void,
): FormActionFunction {
  return async (previous, form) => {
    try {
      return await action(previous, form);
    } catch (error) {
      // A redirect is an error too, and not ours: it says that all went well.
      if (isRedirect(error)) tellSent();
      unstable_rethrow(error);
      const typed = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
      return { ...emptyFormState, values: Object.fromEntries(typed), error: message };
    }
  };
}

/** Next.js keeps its own errors apart from ours by letting them through. */
function isRedirect(error: unknown): boolean {
  try {
    unstable_rethrow(error);
    return false;
  } catch {
    return true;
  }
}

const subscribeToNothing = () => () => {};
const isTrue = () => true;
const isFalse = () => false;
