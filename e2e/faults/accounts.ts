import { decodeJwt } from "jose";
import { testSettings } from "@/lib/testing/app/settings";
import { type ApiResponse, call, newEmail, signIn, signUp, type Tokens } from "./api";

export const password = "a long enough password";

/** A user with a second session besides the tested one. */
export type Account = { email: string; id: string; otherSession: Tokens };

/** Signs up a user and signs in again. @returns the account, and the tokens of its first session. */
export async function openAccount(url: string): Promise<[Account, Tokens]> {
  const email = newEmail();
  const { body: tokens } = await signUp(url, email, password);
  const { body: otherSession } = await signIn(url, email, password);
  return [{ email, id: decodeJwt(tokens.accessToken).sub ?? "", otherSession }, tokens];
}

type Revocation = {
  /** The number of races against it. */
  races: number;
  revoke: (url: string, account: Account, tokens: Tokens) => Promise<ApiResponse>;
};

/** Ways to end a session: sign-out, a password change in the other session, a ban. */
export const revocations: [Revocation, ...Revocation[]] = [
  {
    races: 80,
    revoke: (url, _account, tokens) => call(url, "POST", "/v1/auth/signout", { token: tokens.accessToken }),
  },
  {
    races: 40,
    revoke: (url, { otherSession }) =>
      call(url, "POST", "/v1/auth/password/change", {
        token: otherSession.accessToken,
        body: { currentPassword: password, newPassword: `${password} anew` },
      }),
  },
  {
    races: 80,
    revoke: (url, { id }) =>
      call(url, "PATCH", `/v1/users/${id}`, { key: testSettings.SECRET_KEY, body: { banned: true } }),
  },
];
