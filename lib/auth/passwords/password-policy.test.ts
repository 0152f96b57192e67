import { afterEach, describe, expect, test, vi } from "vitest";

/** The policy of a server with other settings, which are read once, so the modules are loaded again. */
async function policyWith(settings: Record<string, string>) {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.resetModules();
  return (await import("./password-policy")).passwordProblem;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

const lenient = { PASSWORD_MIN_LENGTH: "6", PASSWORD_BLOCK_COMMON: "off" };

test.each([
  ["abc12", "tooShort"],
  ["abc123", undefined],
  ["p".repeat(64), undefined],
  ["p".repeat(72), undefined],
  ["p".repeat(73), "passwordTooLong"],
  ["\u00e9".repeat(36), undefined],
  [`${"\u00e9".repeat(36)}1`, "passwordTooLong"],
  ["\u{1f511}".repeat(6), undefined],
  ["\u{1f511}".repeat(5), "tooShort"],
  ["abc\u0000123", "unsafeText"],
  ["abc\udc00123", "unsafeText"],
])("%j is judged by its length in characters and bytes: %s", async (password, problem) => {
  const passwordProblem = await policyWith(lenient);
  expect(passwordProblem(password)?.message).toBe(problem);
});

test.each([
  ["UPPERCASE", "lower 1!", "Upper 1!", "passwordUppercase"],
  ["UPPERCASE", "\u00e9t\u00e9 2026!", "\u00c9t\u00e9 2026!", "passwordUppercase"],
  ["LOWERCASE", "UPPER 1!", "Upper 1!", "passwordLowercase"],
  ["NUMBER", "no digit!", "1 digit!", "passwordNumber"],
  ["SPECIAL", "Letters123", "Letters_123", "passwordSpecial"],
  ["SPECIAL", "\uae00\uc790\uc640 123".replace(" ", ""), "\uae00\uc790\uc640 123", "passwordSpecial"],
])("PASSWORD_REQUIRE_%s rejects %j and accepts %j", async (name, rejected, accepted, problem) => {
  const passwordProblem = await policyWith({ ...lenient, [`PASSWORD_REQUIRE_${name}`]: "on" });
  expect(passwordProblem(rejected)?.message).toBe(problem);
  expect(passwordProblem(accepted)).toBeNull();

  const withoutIt = await policyWith({ ...lenient, [`PASSWORD_REQUIRE_${name}`]: "off" });
  expect(withoutIt(rejected)).toBeNull();
});

describe("PASSWORD_BLOCK_COMMON", () => {
  const common = [
    "password",
    "12345678",
    "qwertyuiop",
    "iloveyou",
    "baseball",
    "trustno1",
    "PASSWORD",
    "Password1",
  ];

  test.each(common)("rejects %s", async (password) => {
    const passwordProblem = await policyWith({ PASSWORD_MIN_LENGTH: "8", PASSWORD_BLOCK_COMMON: "on" });
    expect(passwordProblem(password)?.message).toBe("passwordCommon");
  });

  test("accepts uncommon passwords, and every password when it is off", async () => {
    const strict = await policyWith({ PASSWORD_MIN_LENGTH: "8", PASSWORD_BLOCK_COMMON: "on" });
    expect(strict("four wet boots by the door")).toBeNull();
    const off = await policyWith(lenient);
    for (const password of common) expect(off(password)).toBeNull();
  });

  test("contains the 3,000 most common passwords of eight or more characters, and the tutorial's", async () => {
    const source = await import("node:fs/promises").then(({ readFile }) =>
      readFile("lib/auth/passwords/common-passwords.ts", "utf8"),
    );
    const list = source.split("`")[1]?.trim().split(/\s+/) ?? [];
    expect(list.filter((password) => password.length >= 8).length).toBeGreaterThanOrEqual(3000);
    expect(list.length).toBeGreaterThan(3000);

    const passwordProblem = await policyWith({ PASSWORD_MIN_LENGTH: "1", PASSWORD_BLOCK_COMMON: "on" });
    expect(list.filter((password) => passwordProblem(password)?.message !== "passwordCommon")).toEqual([]);
    expect(passwordProblem("abc123")?.message).toBe("passwordCommon");
  });

  test("applies to sign-up", async () => {
    await policyWith({ PASSWORD_MIN_LENGTH: "8", PASSWORD_BLOCK_COMMON: "on" });
    const { signUpContract } = await import("@/lib/auth/contract");
    const body = { method: "password", email: "a@example.com", name: "N", password: "baseball" };
    expect(signUpContract.body.safeParse(body).error?.issues).toMatchObject([
      { path: ["password"], params: { code: "auth/invalid-password-format" } },
    ]);
    expect(signUpContract.body.safeParse({ ...body, password: "four wet boots" }).success).toBe(true);
  });
});
