import { expect, test, vi } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { en } from "@/lib/i18n/messages/en";
import { formAction, scriptAction } from "./form-action";
import { emptyFormState } from "./form-state";

vi.mock("next/headers", () => ({ headers: async () => new Headers() }));
vi.mock("@/lib/web/session/browser-session", () => ({
  currentClient: async () => ({ ip: "192.0.2.1", userAgent: null, locale: "en", requestId: "request" }),
}));

const schema = z.object({ tags: z.string().optional() });

/** @returns the state of a form with the field `tags` whose action throws an error. */
async function stateAfter(error: AppError) {
  const action = formAction("test", schema, async () => {
    throw error;
  });
  return action(emptyFormState, new FormData());
}

test("a form shows a problem inside of a field at the field", async () => {
  const error = new AppError("data/validation-error", {
    problems: [{ path: "tags.0", message: "unknownTag" }],
  });
  expect(await stateAfter(error)).toMatchObject({
    fieldErrors: { tags: en.validation.unknownTag },
    error: null,
  });
});

test("a form shows a problem of a field that it does not have as its own", async () => {
  expect(await stateAfter(new AppError("auth/already-verified"))).toMatchObject({
    fieldErrors: {},
    error: en.errors["auth/already-verified"],
  });
});

test("a form shows an error without problems as its own", async () => {
  expect(await stateAfter(new AppError("auth/invalid-token"))).toMatchObject({
    fieldErrors: {},
    error: en.errors["auth/invalid-token"],
    code: "auth/invalid-token",
  });
});

test("a script gets the code of an error with its message", async () => {
  const action = scriptAction("test", schema, async () => {
    throw new AppError("auth/reauthentication-required");
  });
  expect(await action({})).toEqual({
    code: "auth/reauthentication-required",
    error: en.errors["auth/reauthentication-required"],
  });
});
