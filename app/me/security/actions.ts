"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { addPasskey, passkeyCreationOptions } from "@/lib/auth/passkeys/add-passkey";
import { addPasskeyForm, removePasskeyForm, renamePasskeyForm } from "@/lib/auth/passkeys/contract";
import { removePasskey, renamePasskey } from "@/lib/auth/passkeys/passkeys";
import { requireRecentAuthentication } from "@/lib/auth/sessions/recent-authentication";
import { formAction, scriptAction } from "@/lib/web/forms/form-action";
import {
  currentClient,
  requireCurrentUser,
  requireCurrentUserOr401,
  requireFreshCurrentUser,
} from "@/lib/web/session/browser-session";

const path = "/me/security";

/** Issues a challenge for a new passkey. */
export const passkeyCreationOptionsAction = scriptAction(
  "passkey-creation-options",
  z.object({}),
  async () => {
    const user = await requireCurrentUserOr401();
    // Checked before the authenticator creates a passkey that would be rejected.
    requireRecentAuthentication(user);
    return passkeyCreationOptions(user, await currentClient());
  },
);

/** Adds the passkey that the browser created. */
export const addPasskeyAction = formAction("add-passkey", addPasskeyForm, async (input) => {
  await addPasskey(input, await requireCurrentUserOr401(), await currentClient());
  redirect(`${path}?passkey=added`);
});

export const renamePasskeyAction = formAction("rename-passkey", renamePasskeyForm, async ({ id, name }) => {
  await renamePasskey(id, { name }, await requireCurrentUser(path));
  redirect(`${path}?passkey=renamed`);
});

export const removePasskeyAction = formAction("remove-passkey", removePasskeyForm, async ({ id }) => {
  const user = await requireFreshCurrentUser(`${path}/passkeys/${id}`);
  await removePasskey(id, user, await currentClient());
  redirect(`${path}?passkey=removed`);
});
