import "server-only";
import { notFound } from "next/navigation";
import type { z } from "zod";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { formAction } from "@/lib/web/forms/form-action";
import type { FormActionFunction } from "@/lib/web/forms/form-state";
import { getCurrentUser } from "@/lib/web/session/browser-session";

/** @returns the admin who is signed in; for everyone else there is no such page. */
export async function requireAdminOr404(): Promise<CurrentUser> {
  const user = await getCurrentUser();
  return user?.role === "admin" ? user : notFound();
}

/** As `formAction`, for admins: for everyone else there is no such action, whatever they send. */
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
