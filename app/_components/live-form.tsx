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
import { emptyFormState, type FormState } from "@/lib/form-state";
import { Problem } from "./problem";

type FormActionFunction = (previous: FormState, form: FormData) => Promise<FormState>;

type Words = { error: string; connection: string };

const AnswerContext = createContext<FormState & { words: Words }>({
  ...emptyFormState,
  words: { error: "", connection: "" },
});

/** The part of `Form` that runs in the browser. */
export function LiveForm({
  action,
  values = {},
  words,
  className,
  children,
}: {
  action: FormActionFunction;
  values?: Record<string, string>;
  words: Words;
  className?: string;
  children: ReactNode;
}) {
  // Until the script runs it must be the server's own action, which a plain form can be sent to.
  const isLive = useSyncExternalStore(subscribeToNothing, isTrue, isFalse);
  const [state, send] = useActionState(isLive ? keepingWhatWasTyped(action, words.connection) : action, {
    ...emptyFormState,
    values,
  });
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (!state.error && Object.keys(state.fieldErrors).length === 0) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  }, [state]);

  return (
    <form ref={form} action={send} noValidate className={className}>
      {state.error && (
        <div role="alert" tabIndex={-1} className="mb-6">
          <Problem label={words.error}>{state.error}</Problem>
        </div>
      )}
      <AnswerContext value={{ ...state, words }}>{children}</AnswerContext>
    </form>
  );
}

/** @returns what came back for one field of the form around it. */
export function useAnswer(name: string): {
  value: string | undefined;
  problem: string | undefined;
  words: Words;
} {
  const { values, fieldErrors, words } = use(AnswerContext);
  return { value: values[name], problem: fieldErrors[name], words };
}

/** When the server cannot be reached, the page stays as it is, and so does what was typed. */
function keepingWhatWasTyped(action: FormActionFunction, message: string): FormActionFunction {
  return async (previous, form) => {
    try {
      return await action(previous, form);
    } catch (error) {
      // A redirect is an error too, and not ours.
      unstable_rethrow(error);
      const typed = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
      return { values: Object.fromEntries(typed), fieldErrors: {}, error: message };
    }
  };
}

const subscribeToNothing = () => () => {};
const isTrue = () => true;
const isFalse = () => false;
