"use client";

import { unstable_rethrow } from "next/navigation";
import {
  createContext,
  type FormEvent,
  type ReactNode,
  type RefObject,
  use,
  useActionState,
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
} from "react";
import { InlineError } from "@/app/_components/ui/inline-error";
import type { Messages } from "@/lib/i18n/messages/en";
import { emptyFormState, type FormActionFunction, type FormState } from "@/lib/web/forms/form-state";
import { changesSince } from "./changes-since";
import { HiddenFields, type HiddenValues } from "./hidden-fields";
import { useIsHydrated } from "./use-is-hydrated";

type FormListener = {
  /** Can prevent the submission with `preventDefault`. */
  onSubmit?: (event: FormEvent<HTMLFormElement>) => void;
  /** Called once the action has succeeded: it has redirected, which it must not do for any other reason. */
  onSubmitted?: () => void;
  /** Called once the action has returned an error, or if the server cannot be reached. */
  onRejected?: () => void;
};

type FormContextValue = {
  state: FormState;
  messages: Messages["form"];
  element: RefObject<HTMLFormElement | null>;
  listen: (listener: FormListener) => () => void;
};

const FormContext = createContext<FormContextValue>({
  state: emptyFormState,
  messages: { error: "", connection: "", optional: "" },
  element: { current: null },
  listen: () => () => {},
});

/** The part of `Form` that runs in the browser. */
export function ClientForm({
  action,
  values = {},
  hidden = {},
  messages,
  className,
  children,
}: {
  action: FormActionFunction;
  values?: Record<string, string>;
  hidden?: HiddenValues;
  messages: Messages["form"];
  className?: string;
  children: ReactNode;
}) {
  // Before hydration it must be the server action itself, to which a plain form can submit.
  const isLive = useIsHydrated();
  const element = useRef<HTMLFormElement>(null);
  const listeners = useRef(new Set<FormListener>());
  const listen = useCallback((listener: FormListener) => {
    listeners.current.add(listener);
    return () => {
      listeners.current.delete(listener);
    };
  }, []);
  const notify = (event: "onSubmitted" | "onRejected") => {
    for (const listener of listeners.current) listener[event]?.();
  };
  const [state, send] = useActionState(
    isLive ? keepTypedValues(action, { message: messages.connection, element, notify }) : action,
    { ...emptyFormState, values },
  );

  // A hidden field has no place for its error.
  const error =
    state.error ??
    Object.keys(hidden)
      .map((name) => state.fieldErrors[name])
      .find(Boolean);

  useEffect(() => {
    if (!isRejected(state)) return;
    element.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  }, [state]);

  return (
    <form
      ref={element}
      action={send}
      onSubmit={(event) => {
        for (const { onSubmit } of listeners.current) onSubmit?.(event);
      }}
      noValidate
      className={className}
    >
      <HiddenFields values={hidden} />
      {error && (
        <div role="alert" tabIndex={-1} className="mb-6">
          <InlineError label={messages.error}>{error}</InlineError>
        </div>
      )}
      <FormContext value={{ state, messages, element, listen }}>{children}</FormContext>
    </form>
  );
}

/** @returns the error code of the form around the component, if it was rejected. */
export function useFormError(): FormState["code"] {
  return use(FormContext).state.code;
}

/** @returns the value and the error of one field of the form around the component, as the action returned them. */
export function useFieldState(name: string): { value: string | undefined; problem: string | undefined } {
  const { values, fieldErrors } = use(FormContext).state;
  return { value: values[name], problem: fieldErrors[name] };
}

/** @returns the messages that every form needs. */
export function useFormMessages(): Messages["form"] {
  return use(FormContext).messages;
}

/** @returns the form around the component, and its initial values or those that the action returned. */
export function useFormElement(): {
  element: RefObject<HTMLFormElement | null>;
  values: Record<string, string>;
} {
  const { element, state } = use(FormContext);
  return { element, values: state.values };
}

/** Listens to the submission of the form around the component. */
export function useFormListener({ onSubmit, onSubmitted, onRejected }: FormListener): void {
  const { listen } = use(FormContext);
  const submit = useEffectEvent((event: FormEvent<HTMLFormElement>) => onSubmit?.(event));
  const submitted = useEffectEvent(() => onSubmitted?.());
  const rejected = useEffectEvent(() => onRejected?.());
  useEffect(
    () =>
      listen({
        onSubmit: (event) => submit(event),
        onSubmitted: () => submitted(),
        onRejected: () => rejected(),
      }),
    [listen],
  );
}

/**
 * If the server cannot be reached, the form keeps what was typed and shows an error instead of the error page. If the
 * form is rejected, it also keeps what was typed while it was pending: React resets the fields to the returned values.
 */
function keepTypedValues(
  action: FormActionFunction,
  {
    message,
    element,
    notify,
  }: {
    message: string;
    element: RefObject<HTMLFormElement | null>;
    notify: (event: "onSubmitted" | "onRejected") => void;
  },
): FormActionFunction {
  return async (previous, form) => {
    const state = await action(previous, form).catch((error: unknown): FormState => {
      // Next.js throws to redirect, which means that the action succeeded.
      if (isRedirect(error)) notify("onSubmitted");
      unstable_rethrow(error);
      const typed = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
      return { ...emptyFormState, values: Object.fromEntries(typed), error: message };
    });
    if (!isRejected(state)) return state;
    notify("onRejected");
    const changes = element.current ? changesSince(form, element.current) : {};
    return { ...state, values: { ...state.values, ...changes } };
  };
}

function isRejected({ error, fieldErrors }: FormState): boolean {
  return error !== null || Object.keys(fieldErrors).length > 0;
}

/** `unstable_rethrow` rethrows the errors of Next.js only. */
function isRedirect(error: unknown): boolean {
  try {
    unstable_rethrow(error);
    return false;
  } catch {
    return true;
  }
}
