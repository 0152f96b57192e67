"use server";

import { redirect } from "next/navigation";
import { linkForm, unlinkForm } from "@/lib/auth/social/contract";
import { unlinkAccount } from "@/lib/auth/social/linked-accounts";
import { formAction } from "@/lib/web/forms/form-action";
import { currentClient, requireFreshCurrentUser } from "@/lib/web/session/browser-session";
import { startOAuthFlow } from "@/lib/web/social/provider-redirects";

const path = "/me/sign-in-methods";

/** Redirects to a provider to link an account there. */
export const linkAction = formAction("link", linkForm, async ({ provider }) => {
  const { sessionId } = await requireFreshCurrentUser(path);
  redirect(await startOAuthFlow({ purpose: "link", provider, sessionId }));
});

/** Removes a sign-in method. */
export const unlinkAction = formAction("unlink", unlinkForm, async ({ provider }) => {
  await unlinkAccount(provider, await requireFreshCurrentUser(path), await currentClient());
  redirect(`${path}?${new URLSearchParams({ unlinked: provider })}`);
});
