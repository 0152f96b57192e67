"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import {
  confirmSecondFactorContract,
  disableSecondFactorContract,
  disableSecondFactorForm,
  enableSecondFactorForm,
  secondFactorCodeForm,
} from "@/lib/auth/factors/contract";
import {
  confirmSecondFactor,
  disableSecondFactor,
  enableSecondFactor,
  renewBackupCodes,
} from "@/lib/auth/second-factor";
import { formAction } from "@/lib/web/forms/form-action";
import {
  currentClient,
  requireCurrentUser,
  requireFreshCurrentUser,
} from "@/lib/web/session/browser-session";
import { clearShownSecondFactor, saveShownSecondFactor } from "@/lib/web/session/shown-second-factor";

const path = "/me/second-factor";

/** Starts the setup of the second factor; the page then shows the secret and the backup codes. */
export const enableSecondFactorAction = formAction("enable-mfa", enableSecondFactorForm, async (input) => {
  const user = await requireCurrentUser(path);
  const { backupCodes, ...setup } = await enableSecondFactor(input, user, await currentClient());
  await saveShownSecondFactor({ sessionId: user.sessionId, setup, backupCodes });
  redirect(path);
});

/** Turns the second factor on with a first code. */
export const confirmSecondFactorAction = formAction(
  "confirm-mfa",
  secondFactorCodeForm,
  async (input) => {
    const user = await requireCurrentUser(path);
    const { backupCodes } = await confirmSecondFactor(input, user, await currentClient());
    await saveShownSecondFactor({ sessionId: user.sessionId, backupCodes });
    redirect(`${path}?on`);
  },
  confirmSecondFactorContract,
);

/** Replaces the backup codes, and shows the new ones. */
export const renewBackupCodesAction = formAction(
  "renew-backup-codes",
  secondFactorCodeForm,
  async (input) => {
    const user = await requireFreshCurrentUser(path);
    const backupCodes = await renewBackupCodes(input, user, await currentClient());
    await saveShownSecondFactor({ sessionId: user.sessionId, backupCodes });
    redirect(`${path}?renewed`);
  },
  confirmSecondFactorContract,
);

/** Stops showing the backup codes. */
export const hideBackupCodesAction = formAction("hide-backup-codes", z.object({}), async () => {
  await clearShownSecondFactor();
  redirect(path);
});

/** Turns the second factor off. */
export const disableSecondFactorAction = formAction(
  "disable-mfa",
  disableSecondFactorForm,
  async (input) => {
    await disableSecondFactor(input, await requireCurrentUser(path), await currentClient());
    await clearShownSecondFactor();
    redirect(`${path}?off`);
  },
  disableSecondFactorContract,
);
