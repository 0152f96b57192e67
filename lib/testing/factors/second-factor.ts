import type { SecondFactorSetup } from "@/lib/auth/factors/contract";
import { queryDatabase } from "@/lib/testing/database/query-database";
import type { Person } from "@/lib/testing/people";
import { codeOf } from "./totp-code";

/** Lets used codes work again, instead of waiting thirty seconds for the next code. */
export async function forgetUsedCodes(userId: string): Promise<void> {
  await queryDatabase(`UPDATE "SecondFactor" SET "lastStep" = 0 WHERE "userId" = $1`, userId);
}

export async function beginSetup({ api, password }: Person): Promise<SecondFactorSetup> {
  return (await api.post<SecondFactorSetup>("/v1/auth/mfa/enable", { password })).body;
}

/** Turns on the second factor of a user. The code that confirmed it can be used again. */
export async function turnOn(person: Person): Promise<SecondFactorSetup> {
  const setup = await beginSetup(person);
  const { status, body } = await person.api.post("/v1/auth/mfa/confirm", { code: codeOf(setup.secret) });
  if (status !== 200) throw new Error(`confirm returned ${status}: ${JSON.stringify(body)}`);
  await forgetUsedCodes(person.id);
  return setup;
}
