import { describe, expect, test } from "vitest";
import { emailAddress } from "@/lib/core/fields";
import { confirmEmailForm, emailVerifyConfirmContract, signUpConfirmContract } from "./email/contract";
import { passwordResetContract, resetPasswordForm } from "./passwords/contract";

describe("a pasted email address", () => {
  test.each([
    ["a no-break space", "\u00a0a@example.com\u00a0"],
    ["a zero-width space", "\u200ba@example.com\u200b"],
    ["an ideographic space", "\u3000a@example.com"],
    ["a byte order mark", "\ufeffa@example.com"],
    ["direction marks", "\u202aa@example.com\u202c"],
    ["several of them", " \t\u00a0\u200ba@example.com\u2060 "],
  ])("is trimmed of %s", (_, pasted) => {
    expect(emailAddress.parse(pasted)).toBe("a@example.com");
  });

  test.each(["a\u200b@example.com", "a@exa\u00a0mple.com", "a@example.com\r\nBcc: b@example.com", "\u200b"])(
    "is rejected if it is invalid after trimming: %j",
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
])("a token from a wrapped email is restored for %s", (_, input) => {
  expect(input.token).toBe(token);
});
