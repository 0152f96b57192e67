import { expect, test } from "vitest";
import { withoutMessages } from "./without-messages";

const file = `/** The messages. */
export const en = {
  /** The layout of pages. */
  layout: {
    tutorial: "Tutorial",
    guides: "Guides",
  },
  /** The tutorial. */
  tutorial: {
    title: "Steps",
    steps: {
      signUp: { title: "Sign up" },
    },
  },
  errors: {
    "auth/unauthorized":
      "Sign in: you need an account.",
    /** In a list. */
    "data/not-found": "Not found",
  },
};
`;

test("removes a group with its comment, and single messages", () => {
  expect(withoutMessages(file, ["tutorial", "layout.tutorial"])).toBe(`/** The messages. */
export const en = {
  /** The layout of pages. */
  layout: {
    guides: "Guides",
  },
  errors: {
    "auth/unauthorized":
      "Sign in: you need an account.",
    /** In a list. */
    "data/not-found": "Not found",
  },
};
`);
});

test("removes messages on the line below their key and with error codes as keys", () => {
  const text = withoutMessages(file, ["errors.auth/unauthorized"]);
  expect(text).not.toContain("Sign in:");
  expect(text).toContain('    /** In a list. */\n    "data/not-found": "Not found",');
});

test("ignores paths that do not exist", () => {
  expect(withoutMessages(file, ["layout.signIn", "title", "guides"])).toBe(file);
});
