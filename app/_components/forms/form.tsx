import { getMessages } from "next-intl/server";
import type { ComponentProps } from "react";
import { ClientForm } from "./client-form";

/**
 * A form that submits to an action made by `formAction`; its fields show the values and errors that the action returns.
 * Without JavaScript the browser submits it, and the server renders the page with the same result.
 *
 * @param values the initial values of the fields by name.
 * @param hidden the values of hidden fields by name; their errors are shown as those of the form.
 */
export async function Form(props: Omit<ComponentProps<typeof ClientForm>, "messages">) {
  return <ClientForm {...props} messages={(await getMessages()).form} />;
}
