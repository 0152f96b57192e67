import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type { FormActionFunction } from "@/lib/web/forms/form-state";
import { ClientForm } from "./client-form";

/**
 * A form around fields: it sends to an action made by `formAction`, and its fields show what comes back. Without
 * JavaScript it is sent as any form, and the server renders the page with the same answer.
 *
 * @param values what the fields hold at first, by their names.
 */
export async function Form(props: {
  action: FormActionFunction;
  values?: Record<string, string>;
  className?: string;
  children: ReactNode;
}) {
  return <ClientForm {...props} messages={(await getMessages()).form} />;
}
