import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { site } from "./site";

test.each(Object.entries(site.colors))(
  "the style sheet and the site have the same colour for %s",
  (name, color) => {
    const styles = readFileSync("app/globals.css", "utf8");
    expect(styles).toContain(`--color-${name}: light-dark(${color.light}, ${color.dark});`);
  },
);
