import { expect, test } from "vitest";
import { fillIn, fillInCount } from "./fill-in";

test("fills each placeholder with its value, and leaves values as they are", () => {
  const message = "{name} saved another version on {when}, {name}.";
  expect(fillIn(message, { name: "$& {when}", when: 3 })).toBe(
    "$& {when} saved another version on 3, $& {when}.",
  );
});

test("leaves a placeholder without a value", () => {
  expect(fillIn("Uploading {name}", {})).toBe("Uploading {name}");
});

test.each([
  [0, "0 drafts"],
  [1, "A draft"],
  [2, "2 drafts"],
])("chooses the form of a message for %i", (count, text) => {
  expect(fillInCount({ one: "A draft", other: "{count} drafts" }, count)).toBe(text);
});
