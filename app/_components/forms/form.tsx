import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type { FormActionFunction } from "@/lib/web/forms/form-state";
import { ClientForm } from "./client-form";

/**
 * A form that submits to an action made by `formAction`; its fields show the values and errors that the action returns.
 * Without JavaScript the browser submits it, and the server renders the page with the same result.
 *
 * @param values the initial values of the fields by name.
 */
export async function Form(props: {
  action: FormActionFunction;
  values?: Record<string, string>;
  className?: string;
  children: ReactNode;
}) {
  return <ClientForm {...props} messages={(await getMessages()).form} />;
}
