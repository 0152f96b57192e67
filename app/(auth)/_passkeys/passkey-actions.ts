"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { passkeyForm, passkeySignInContract } from "@/lib/auth/passkeys/contract";
import {
  passkeyRequestOptions,
  reauthenticateWithPasskey,
  signInWithPasskey,
} from "@/lib/auth/passkeys/sign-in-with-passkey";
import { reauthenticateContract } from "@/lib/auth/passwords/contract";
import { reauthenticationPath } from "@/lib/auth/sessions/recent-authentication";
import { formAction, scriptAction } from "@/lib/web/forms/form-action";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";
import { currentClient, openWebSession, requireCurrentUser } from "@/lib/web/session/browser-session";

/** Issues a challenge for any passkey of this site. */
export const passkeyRequestOptionsAction = scriptAction(
  "passkey-options",
  z.object({}),
  passkeyRequestOptions,
);

/** Signs in with a passkey and redirects to `returnTo`. */
export const passkeySignInAction = formAction(
  "passkey-sign-in",
  passkeyForm,
  async ({ response, returnTo }) => {
    await openWebSession(await signInWithPasskey(response, await currentClient()));
    redirect(safeRedirectPath(returnTo, "/me"));
  },
  passkeySignInContract,
);

/** Reauthenticates the signed-in user with one of their passkeys, and redirects to `returnTo`. */
export const reauthenticateWithPasskeyAction = formAction(
  "reauthenticate-with-passkey",
  passkeyForm,
  async ({ response, returnTo }) => {
    const path = safeRedirectPath(returnTo, "/me");
    const user = await requireCurrentUser(reauthenticationPath(path));
    await reauthenticateWithPasskey(response, user, await currentClient());
    redirect(path);
  },
  reauthenticateContract,
);
