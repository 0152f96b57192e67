"use server";

import { redirect } from "next/navigation";
import { unlinkAccount } from "@/lib/auth/linked-accounts";
import { linkForm, unlinkForm } from "@/lib/auth/social-contract";
import { beginErrand, currentClient, requireFreshWebUser } from "@/lib/auth/web-session";
import { formAction } from "@/lib/form";

const path = "/me/sign-in-methods";

/** Leads to a provider, to come back with an account there that is linked from then on. */
export const linkAction = formAction("link", linkForm, async ({ provider }) => {
  const { sessionId } = await requireFreshWebUser(path);
  redirect(await beginErrand({ purpose: "link", provider, sessionId }));
});

/** Takes a way to sign in off. */
export const unlinkAction = formAction("unlink", unlinkForm, async ({ provider }) => {
  await unlinkAccount(provider, await requireFreshWebUser(path), await currentClient());
  redirect(`${path}?${new URLSearchParams({ unlinked: provider })}`);
});
