import "server-only";
import { notFound } from "next/navigation";
import type { z } from "zod";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { formAction } from "@/lib/web/forms/form-action";
import type { FormActionFunction } from "@/lib/web/forms/form-state";
import { getCurrentUser } from "@/lib/web/session/browser-session";

/** @returns the signed-in admin; everyone else gets the not-found page. */
export async function requireAdminOr404(): Promise<CurrentUser> {
  const user = await getCurrentUser();
  return user?.role === "admin" ? user : notFound();
}

/** A `formAction` for admins. Everyone else gets a 404 before their input is validated. */
export function adminAction<Schema extends z.ZodObject>(
  name: string,
  schema: Schema,
  handle: (input: z.output<Schema>, admin: CurrentUser) => Promise<void>,
  options?: Parameters<typeof formAction>[3],
): FormActionFunction {
  const action = formAction(name, schema, async (input) => handle(input, await requireAdminOr404()), options);
  return async (previous, form) => {
    await requireAdminOr404();
    return action(previous, form);
  };
}
