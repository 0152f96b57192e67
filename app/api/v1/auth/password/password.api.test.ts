import { hash } from "bcryptjs";
import { describe, expect, inject, test } from "vitest";
import { newPassword } from "@/lib/testing/app/secrets";
import { freshAddress, guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newcomer, newEmail, type Person, signInAgain } from "@/lib/testing/people";
import { sendRaw } from "@/lib/testing/raw-request";

const request = (email: string) => guest().post("/v1/auth/password/reset/request", { email });
const confirm = (body: Record<string, unknown>) => guest().post("/v1/auth/password/reset/confirm", body);
const signIn = (email: string, password: string) =>
  guest().post("/v1/auth/email/signin", { method: "password", email, password });

/** A user with a confirmed email address, which a reset requires. */
async function member(): Promise<Person> {
  const person = await newcomer();
  const { link } = await mailTo(person.email, "verify-sign-up");
  await fetch(link ?? "", { redirect: "manual" });
  return person;
}

/** A user who requested a link to choose a new password. */
async function forgetful(): Promise<Person & { token: string }> {
  const person = await member();
  await request(person.email);
  return { ...person, token: linkOf(await mailTo(person.email, "reset-password")).token };
}

describe("a forgotten password", () => {
  test("is replaced with the token of the mail, and everything that was open ends", async () => {
    const { email, token, tokens, api, password } = await forgetful();
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

  test("is not answered with tokens: one signs in anew", async () => {
    const { email, token } = await forgetful();
    const { body } = await confirm({ email, token, newPassword: newPassword() });
    expect(body).toStrictEqual({ message: expect.any(String) });
  });

  test("has a token that works once, however many come with it at the same time", async () => {
    const { email, token } = await forgetful();
    const passwords = Array.from({ length: 20 }, newPassword);
    const answers = await Promise.all(
      passwords.map((chosen) => confirm({ email, token, newPassword: chosen })),
    );

    const winners = passwords.filter((_, index) => answers[index]?.status === 200);
    expect(winners).toHaveLength(1);
    for (const { status, code } of answers.filter((answer) => answer.status !== 200)) {
      expect({ status, code }).toEqual({ status: 401, code: "auth/invalid-token" });
    }
    expect(await signIn(email, winners[0] ?? "")).toMatchObject({ status: 200 });
  });

  test("keeps its token when the new password is refused", async () => {
    const { email, token } = await forgetful();
    expect(await confirm({ email, token, newPassword: "short" })).toMatchObject({
      status: 400,
      code: "auth/invalid-password-format",
    });
    expect(await confirm({ email, token, newPassword: newPassword() })).toMatchObject({ status: 200 });
  });

  test("has a token that lives an hour", async () => {
    const { email, token } = await forgetful();
    await queryDatabase(
      `UPDATE "EmailToken" SET "expiresAt" = now() - interval '1 second' WHERE email = $1`,
      email,
    );
    expect(await confirm({ email, token, newPassword: newPassword() })).toMatchObject({
      status: 401,
      code: "auth/token-expired",
    });
  });

  test("has a token that dies when a newer one is asked for", async () => {
    const { email, token } = await forgetful();
    await request(email);
    const newer = linkOf(await mailTo(email, "reset-password", 2)).token;
    expect(await confirm({ email, token, newPassword: newPassword() })).toMatchObject({
      status: 401,
      code: "auth/invalid-token",
    });
    expect(await confirm({ email, token: newer, newPassword: newPassword() })).toMatchObject({ status: 200 });
  });

  test("has a token that is good for its own address and purpose alone", async () => {
    const [mine, other] = [await forgetful(), await member()];
    const stranger = await newcomer();
    const signUpToken = linkOf(await mailTo(stranger.email, "verify-sign-up")).token;
    for (const attempt of [
      { email: other.email, token: mine.token },
      { email: stranger.email, token: signUpToken },
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

  test("dies with any change of the password", async () => {
    const { email, token, password, api } = await forgetful();
    await api.post("/v1/auth/password/change", { currentPassword: password, newPassword: newPassword() });
    expect(await confirm({ email, token, newPassword: newPassword() })).toMatchObject({
      status: 401,
      code: "auth/invalid-token",
    });
  });

  test("ends a change of address that was under way", async () => {
    const { email, token, api } = await forgetful();
    const thief = newEmail();
    await api.post("/v1/auth/email/verify/send", { email: thief });
    const theirs = linkOf(await mailTo(thief, "verify-new-address")).token;
    await confirm({ email, token, newPassword: newPassword() });
    expect(
      await guest().post("/v1/auth/email/verify/confirm", { email: thief, token: theirs }),
    ).toMatchObject({ status: 401, code: "auth/invalid-token" });
  });

  test("of an unconfirmed address brings the link that confirms it", async () => {
    const { email } = await newcomer();
    expect(await request(email)).toMatchObject({ status: 200 });
    expect(await queuedMailsTo(email)).toEqual(["verify-sign-up", "verify-sign-up"]);
  });

  test("of an unknown address is answered in the same words, and mails nothing", async () => {
    const [known, unknown] = [(await member()).email, newEmail()];
    const answers = [await request(known), await request(unknown)];
    expect(answers[0]).toMatchObject({ status: 200 });
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(await queuedMailsTo(known)).toContain("reset-password");
    expect(await queuedMailsTo(unknown)).toEqual([]);
  });

  test("is mailed three times an hour; the fourth gets the same answer and no mail", async () => {
    const { email } = await member();
    const answers = [];
    for (let count = 0; count < 4; count++) answers.push(await request(email));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers[3]?.body).toEqual(answers[0]?.body);

    const resets = (await queuedMailsTo(email)).filter((template) => template === "reset-password");
    expect(resets).toHaveLength(3);
  });

  test("may be requested thirty times an hour from one address, for any account", async () => {
    const visitor = guest();
    const statuses: number[] = [];
    for (let count = 0; count < 31; count++) {
      statuses.push((await visitor.post("/v1/auth/password/reset/request", { email: newEmail() })).status);
    }
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(200));
    expect(statuses[30]).toBe(429);
  });

  test.each(["Host", "X-Forwarded-Host", "Forwarded"])(
    "links to our own site, whatever %s says",
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

  test("is stored as a hash of 256 random bits", async () => {
    const { email, token } = await forgetful();
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
  ])("%s of %j is refused", async (step, body, code) => {
    expect(await guest().post(`/v1/auth/password/reset/${step}`, body)).toMatchObject({ status: 400, code });
  });
});

describe("a password", () => {
  const change = (person: Person, currentPassword: string, chosen: string) =>
    person.api.post("/v1/auth/password/change", { currentPassword, newPassword: chosen });

  test("is changed by who knows it, and the other devices are out", async () => {
    const person = await newcomer();
    const other = await signInAgain(person);
    const chosen = newPassword();
    expect(await change(person, person.password, chosen)).toMatchObject({ status: 200 });

    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
    expect(await guest().as(other.accessToken).get("/v1/auth/me")).toMatchObject({ status: 401 });
    expect(await signIn(person.email, person.password)).toMatchObject({ status: 401 });
    expect(await signIn(person.email, chosen)).toMatchObject({ status: 200 });
    await mailTo(person.email, "password-changed");
  });

  test("ends a change of address that was under way, and leaves the link for the present one", async () => {
    const { email, password, api } = await newcomer();
    const thief = newEmail();
    await api.post("/v1/auth/email/verify/send", { email: thief });
    const theirs = linkOf(await mailTo(thief, "verify-new-address")).token;
    const body = { currentPassword: password, newPassword: newPassword() };
    expect(await api.post("/v1/auth/password/change", body)).toMatchObject({ status: 200 });

    const confirmAddress = (address: string, token: string) =>
      guest().post("/v1/auth/email/verify/confirm", { email: address, token });
    expect(await confirmAddress(thief, theirs)).toMatchObject({ status: 401, code: "auth/invalid-token" });

    await api.post("/v1/auth/email/verify/send", { email });
    const own = linkOf(await mailTo(email, "verify-new-address")).token;
    const again = { currentPassword: body.newPassword, newPassword: newPassword() };
    expect(await api.post("/v1/auth/password/change", again)).toMatchObject({ status: 200 });
    expect(await confirmAddress(email, own)).toMatchObject({ status: 200 });
  });

  test("signs in however a keyboard composes it, and is the same password then", async () => {
    const chosen = `여백-${newPassword()}`;
    const decomposed = chosen.normalize("NFD");
    const person = await newcomer({ password: decomposed });
    expect(await signIn(person.email, chosen)).toMatchObject({ status: 200 });
    expect(await signIn(person.email, decomposed)).toMatchObject({ status: 200 });
    for (const current of [chosen, decomposed]) {
      expect(await change(person, current, decomposed)).toMatchObject({ code: "auth/same-password" });
    }

    // A hash from before passwords were composed.
    const old = await hash(decomposed, 4);
    await queryDatabase(`UPDATE "User" SET "passwordHash" = $1 WHERE id = $2`, old, person.id);
    expect(await signIn(person.email, decomposed)).toMatchObject({ status: 200 });
    expect(await change(person, decomposed, newPassword())).toMatchObject({ status: 200 });
  });

  test("is not changed by a guest, a wrong password, the same or a weak one", async () => {
    const person = await newcomer();
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

  test("is guessed ten times and no more in one session", async () => {
    const person = await newcomer();
    for (let count = 0; count < 10; count++) {
      expect(await change(person, "not it at all", newPassword())).toMatchObject({ status: 401 });
    }
    const refused = await change(person, person.password, newPassword());
    expect(refused).toMatchObject({ status: 429, code: "auth/too-many-requests" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
