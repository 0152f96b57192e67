import { describe, expect, test } from "vitest";
import { emailAddress } from "@/lib/core/fields";
import { confirmEmailForm, emailVerifyConfirmContract, signUpConfirmContract } from "./email/contract";
import { passwordResetContract, resetPasswordForm } from "./passwords/contract";

describe("an email address that was pasted", () => {
  test.each([
    ["a no-break blank", "\u00a0a@example.com\u00a0"],
    ["a zero-width blank", "\u200ba@example.com\u200b"],
    ["an ideographic blank", "\u3000a@example.com"],
    ["a byte order mark", "\ufeffa@example.com"],
    ["marks of direction", "\u202aa@example.com\u202c"],
    ["several of them", " \t\u00a0\u200ba@example.com\u2060 "],
  ])("loses %s around it", (_, pasted) => {
    expect(emailAddress.parse(pasted)).toBe("a@example.com");
  });

  test.each(["a\u200b@example.com", "a@exa\u00a0mple.com", "a@example.com\r\nBcc: b@example.com", "\u200b"])(
    "is refused with more than that wrong: %j",
    (pasted) => expect(emailAddress.safeParse(pasted).success).toBe(false),
  );
});

const token = "AWJEj2eErELQ-_x9";
const wrapped = "\u00a0AWJEj2eE\r\n  rELQ\u200b-_x9\n";
const email = "a@example.com";

test.each([
  ["emailVerifyConfirm", emailVerifyConfirmContract.body.parse({ email, token: wrapped })],
  ["signUpConfirm", signUpConfirmContract.query.parse({ email, token: wrapped })],
  ["passwordReset", passwordResetContract.body.parse({ email, token: wrapped, newPassword: "abc123" })],
  ["the form that confirms an address", confirmEmailForm.parse({ email, token: wrapped })],
  [
    "the form that sets a password",
    resetPasswordForm.parse({ email, token: wrapped, newPassword: "abc123" }),
  ],
])("a token from a wrapped mail is whole again for %s", (_, input) => {
  expect(input.token).toBe(token);
});
