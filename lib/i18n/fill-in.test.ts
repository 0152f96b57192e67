import { expect, test } from "vitest";
import { fillIn } from "./fill-in";

test("fills each placeholder with its value, and leaves values as they are", () => {
  const message = "{name} saved another version on {when}, {name}.";
  expect(fillIn(message, { name: "$& {when}", when: 3 })).toBe(
    "$& {when} saved another version on 3, $& {when}.",
  );
});

test("leaves a placeholder without a value", () => {
  expect(fillIn("Uploading {name}", {})).toBe("Uploading {name}");
});
