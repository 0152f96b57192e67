import { hash } from "bcryptjs";
import { describe, expect, inject, test } from "vitest";
import { newPassword } from "@/lib/testing/app/secrets";
import { freshAddress, guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newEmail, newUser, type Person, signInAgain } from "@/lib/testing/people";
import { sendRaw } from "@/lib/testing/raw-request";

const request = (email: string) => guest().post("/v1/auth/password/reset/request", { email });
const confirm = (body: Record<string, unknown>) => guest().post("/v1/auth/password/reset/confirm", body);
const signIn = (email: string, password: string) =>
  guest().post("/v1/auth/email/signin", { method: "password", email, password });

/** A user with a confirmed email address, which a reset requires. */
async function member(): Promise<Person> {
  const person = await newUser();
  const { link } = await mailTo(person.email, "verify-sign-up");
  await fetch(link ?? "", { redirect: "manual" });
  return person;
}

/** A user who requested a link to choose a new password. */
async function userWithResetToken(): Promise<Person & { token: string }> {
  const person = await member();
  await request(person.email);
  return { ...person, token: linkOf(await mailTo(person.email, "reset-password")).token };
}

describe("a password reset", () => {
  test("sets the new password with the emailed token, and ends all sessions", async () => {
    const { email, token, tokens, api, password } = await userWithResetToken();
    const chosen = newPassword();

    expect(await confirm({ email, token, newPassword: chosen })).toMatchObject({
      status: 200,
      body: { message: expect.any(String) },
    });
    expect(await signIn(email, password)).toMatchObject({ status: 401, code: "auth/invalid-credentials" });
    expect(await signIn(email, chosen)).toMatchObject({ status: 200 });
    expect(await api.get("/v1/auth/me")).toMatchObject({ status: 401, code: "auth/invalid-token" });
    expect(await guest().post("/v1/auth/refresh", { refreshToken: tokens.refreshToken })).toMatchObject({
      status: 401,
      code: "auth/invalid-refresh-token",
    });
    await mailTo(email, "password-changed");
  });

  test("does not return tokens: the user has to sign in", async () => {
    const { email, token } = await userWithResetToken();
    const { body } = await confirm({ email, token, newPassword: newPassword() });
    expect(body).toStrictEqual({ message: expect.any(String) });
  });

  test("has a token that works once, even when used twenty times at once", async () => {
    const { email, token } = await userWithResetToken();
    const passwords = Array.from({ length: 20 }, newPassword);
    const answers = await Promise.all(
      passwords.map((chosen) => confirm({ email, token, newPassword: chosen })),
    );

    const accepted = passwords.filter((_, index) => answers[index]?.status === 200);
    expect(accepted).toHaveLength(1);
    for (const { status, code } of answers.filter((answer) => answer.status !== 200)) {
      expect({ status, code }).toEqual({ status: 401, code: "auth/invalid-token" });
    }
    expect(await signIn(email, accepted[0] ?? "")).toMatchObject({ status: 200 });
  });

  test("does not consume its token when the new password is rejected", async () => {
    const { email, token } = await userWithResetToken();
    expect(await confirm({ email, token, newPassword: "short" })).toMatchObject({
      status: 400,
      code: "auth/invalid-password-format",
    });
    expect(await confirm({ email, token, newPassword: newPassword() })).toMatchObject({ status: 200 });
  });

  test("rejects an expired token", async () => {
    const { email, token } = await userWithResetToken();
    await queryDatabase(
      `UPDATE "EmailToken" SET "expiresAt" = now() - interval '1 second' WHERE email = $1`,
      email,
    );
    expect(await confirm({ email, token, newPassword: newPassword() })).toMatchObject({
      status: 401,
      code: "auth/token-expired",
    });
  });

  test("has a token that stops working when a newer one is requested", async () => {
    const { email, token } = await userWithResetToken();
    await request(email);
    const newer = linkOf(await mailTo(email, "reset-password", 2)).token;
    expect(await confirm({ email, token, newPassword: newPassword() })).toMatchObject({
      status: 401,
      code: "auth/invalid-token",
    });
    expect(await confirm({ email, token: newer, newPassword: newPassword() })).toMatchObject({ status: 200 });
  });

  test("has a token that is valid only for its own email address and purpose", async () => {
    const [mine, other] = [await userWithResetToken(), await member()];
    const unverified = await newUser();
    const signUpToken = linkOf(await mailTo(unverified.email, "verify-sign-up")).token;
    for (const attempt of [
      { email: other.email, token: mine.token },
      { email: unverified.email, token: signUpToken },
      { email: mine.email, token: "made-up" },
      { email: mine.email, token: "" },
    ]) {
      expect(await confirm({ ...attempt, newPassword: newPassword() })).toMatchObject({
        status: 401,
        code: "auth/invalid-token",
      });
    }
    expect(await signIn(other.email, other.password)).toMatchObject({ status: 200 });
  });

  test("has a token that stops working when the password is changed", async () => {
    const { email, token, password, api } = await userWithResetToken();
    await api.post("/v1/auth/password/change", { currentPassword: password, newPassword: newPassword() });
    expect(await confirm({ email, token, newPassword: newPassword() })).toMatchObject({
      status: 401,
      code: "auth/invalid-token",
    });
  });

  test("cancels a pending change of the email address", async () => {
    const { email, token, api } = await userWithResetToken();
    const newAddress = newEmail();
    await api.post("/v1/auth/email/verify/send", { email: newAddress });
    const pending = linkOf(await mailTo(newAddress, "verify-new-address")).token;
    await confirm({ email, token, newPassword: newPassword() });
    expect(
      await guest().post("/v1/auth/email/verify/confirm", { email: newAddress, token: pending }),
    ).toMatchObject({ status: 401, code: "auth/invalid-token" });
  });

  test("for an unverified email address sends the verification link instead", async () => {
    const { email } = await newUser();
    expect(await request(email)).toMatchObject({ status: 200 });
    expect(await queuedMailsTo(email)).toEqual(["verify-sign-up", "verify-sign-up"]);
  });

  test("for an unknown email address gets the same response, and sends no email", async () => {
    const [known, unknown] = [(await member()).email, newEmail()];
    const answers = [await request(known), await request(unknown)];
    expect(answers[0]).toMatchObject({ status: 200 });
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(await queuedMailsTo(known)).toContain("reset-password");
    expect(await queuedMailsTo(unknown)).toEqual([]);
  });

  test("is emailed three times an hour; the fourth request gets the same response and no email", async () => {
    const { email } = await member();
    const answers = [];
    for (let count = 0; count < 4; count++) answers.push(await request(email));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers[3]?.body).toEqual(answers[0]?.body);

    const resets = (await queuedMailsTo(email)).filter((template) => template === "reset-password");
    expect(resets).toHaveLength(3);
  });

  test("may be requested thirty times an hour from one IP address, for any account", async () => {
    const visitor = guest();
    const statuses: number[] = [];
    for (let count = 0; count < 31; count++) {
      statuses.push((await visitor.post("/v1/auth/password/reset/request", { email: newEmail() })).status);
    }
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(200));
    expect(statuses[30]).toBe(429);
  });

  test.each(["Host", "X-Forwarded-Host", "Forwarded"])(
    "links to APP_URL, whatever the %s header says",
    async (name) => {
      const { email } = await member();
      const headers = Object.entries({
        Host: new URL(inject("appUrl")).host,
        "X-API-Key": inject("publishableKey"),
        "Content-Type": "application/json",
        "X-Forwarded-For": freshAddress(),
        [name]: name === "Forwarded" ? "host=evil.example" : "evil.example",
      }).flat();
      const { status } = await sendRaw(inject("appUrl"), {
        method: "POST",
        path: "/api/v1/auth/password/reset/request",
        headers,
        body: JSON.stringify({ email }),
      });
      expect(status).toBe(200);
      const mail = await mailTo(email, "reset-password");
      expect(linkOf(mail).origin).toBe(inject("appUrl"));
      expect(`${mail.html}${mail.text}`).not.toContain("evil.example");
    },
  );

  test("has a token of 256 random bits that is stored only as a hash", async () => {
    const { email, token } = await userWithResetToken();
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const dump = await queryDatabase(
      `SELECT t::text AS row FROM "EmailToken" t UNION ALL SELECT m::text FROM "OutboxMail" m WHERE "to" = $1`,
      email,
    );
    expect(JSON.stringify(dump)).not.toContain(token);
  });

  test.each([
    ["request", { email: "not-an-address" }, "auth/invalid-email"],
    ["request", {}, "auth/invalid-email"],
    ["confirm", { email: "not-an-address", token: "x", newPassword: "long enough" }, "auth/invalid-email"],
    ["confirm", { email: "a@example.com", newPassword: "long enough" }, "common/validation-error"],
    [
      "confirm",
      { email: "a@example.com", token: { not: "" }, newPassword: "long enough" },
      "common/validation-error",
    ],
    ["confirm", { email: "a@example.com", token: "x" }, "auth/invalid-password-format"],
  ])("rejects %s with %j", async (step, body, code) => {
    expect(await guest().post(`/v1/auth/password/reset/${step}`, body)).toMatchObject({ status: 400, code });
  });
});

describe("a password change", () => {
  const change = (person: Person, currentPassword: string, chosen: string) =>
    person.api.post("/v1/auth/password/change", { currentPassword, newPassword: chosen });

  test("needs the current password, and ends the user's other sessions", async () => {
    const person = await newUser();
    const other = await signInAgain(person);
    const chosen = newPassword();
    expect(await change(person, person.password, chosen)).toMatchObject({ status: 200 });

    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
    expect(await guest().as(other.accessToken).get("/v1/auth/me")).toMatchObject({ status: 401 });
    expect(await signIn(person.email, person.password)).toMatchObject({ status: 401 });
    expect(await signIn(person.email, chosen)).toMatchObject({ status: 200 });
    await mailTo(person.email, "password-changed");
  });

  test("cancels a pending change of the email address, and keeps the link for the current one", async () => {
    const { email, password, api } = await newUser();
    const newAddress = newEmail();
    await api.post("/v1/auth/email/verify/send", { email: newAddress });
    const pending = linkOf(await mailTo(newAddress, "verify-new-address")).token;
    const body = { currentPassword: password, newPassword: newPassword() };
    expect(await api.post("/v1/auth/password/change", body)).toMatchObject({ status: 200 });

    const confirmAddress = (address: string, token: string) =>
      guest().post("/v1/auth/email/verify/confirm", { email: address, token });
    expect(await confirmAddress(newAddress, pending)).toMatchObject({
      status: 401,
      code: "auth/invalid-token",
    });

    await api.post("/v1/auth/email/verify/send", { email });
    const own = linkOf(await mailTo(email, "verify-new-address")).token;
    const again = { currentPassword: body.newPassword, newPassword: newPassword() };
    expect(await api.post("/v1/auth/password/change", again)).toMatchObject({ status: 200 });
    expect(await confirmAddress(email, own)).toMatchObject({ status: 200 });
  });

  test("treats composed and decomposed Unicode as the same password, as sign-in does", async () => {
    const chosen = `여백-${newPassword()}`;
    const decomposed = chosen.normalize("NFD");
    const person = await newUser({ password: decomposed });
    expect(await signIn(person.email, chosen)).toMatchObject({ status: 200 });
    expect(await signIn(person.email, decomposed)).toMatchObject({ status: 200 });
    for (const current of [chosen, decomposed]) {
      expect(await change(person, current, decomposed)).toMatchObject({ code: "auth/same-password" });
    }

    // A hash from before passwords were normalised.
    const old = await hash(decomposed, 4);
    await queryDatabase(`UPDATE "User" SET "passwordHash" = $1 WHERE id = $2`, old, person.id);
    expect(await signIn(person.email, decomposed)).toMatchObject({ status: 200 });
    expect(await change(person, decomposed, newPassword())).toMatchObject({ status: 200 });
  });

  test("rejects a guest, a wrong current password, and the same or a weak new password", async () => {
    const person = await newUser();
    expect(
      await guest().post("/v1/auth/password/change", {
        currentPassword: person.password,
        newPassword: newPassword(),
      }),
    ).toMatchObject({ status: 401, code: "auth/unauthorized" });
    expect(await change(person, "not it at all", newPassword())).toMatchObject({
      status: 401,
      code: "auth/invalid-credentials",
    });
    expect(await change(person, person.password, person.password)).toMatchObject({
      status: 400,
      code: "auth/same-password",
    });
    expect(await change(person, person.password, "short")).toMatchObject({
      status: 400,
      code: "auth/invalid-password-format",
    });
    expect(await signIn(person.email, person.password)).toMatchObject({ status: 200 });
  });

  test("is limited to ten wrong passwords in one session", async () => {
    const person = await newUser();
    for (let count = 0; count < 10; count++) {
      expect(await change(person, "not it at all", newPassword())).toMatchObject({ status: 401 });
    }
    const rejected = await change(person, person.password, newPassword());
    expect(rejected).toMatchObject({ status: 429, code: "auth/too-many-requests" });
    expect(Number(rejected.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
