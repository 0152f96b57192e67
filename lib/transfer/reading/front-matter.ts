import { parse as parseToml } from "smol-toml";
import { parseDocument } from "yaml";
import { Refused } from "./refused";

/** The fields of front matter, before validation. */
export type Fields = Record<string, unknown>;

/** In UTF-16 units. */
const maxLength = 64 * 1024;
/** The maximum number of YAML aliases: without it, a few bytes can expand to gigabytes. */
const maxAliases = 20;

/**
 * Reads the front matter at the start of a text: YAML between lines of `---`, or TOML between lines of `+++`.
 *
 * @returns its fields, and the text below, without the blank line between them and the final line break.
 * @throws Refused if it is missing, not well-formed or too long, repeats a key, contains YAML tags, or expands too far.
 */
export function readFrontMatter(text: string): { fields: Fields; body: string } {
  const lines = text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  const fence = /^(---|\+\+\+)[ \t]*\n/.exec(lines);
  if (!fence) throw new Refused("It has no front matter.");
  const [opening, mark = ""] = fence;
  const rest = `\n${lines.slice(opening.length)}`;
  const end = new RegExp(`\\n${mark === "---" ? "---" : "\\+\\+\\+"}[ \\t]*(?:\\n|$)`).exec(rest);
  if (!end) throw new Refused("Its front matter does not end.");
  const source = rest.slice(1, end.index + 1);
  if (source.length > maxLength) throw new Refused("Its front matter is too long.");
  const body = rest.slice(end.index + end[0].length);
  return {
    fields: mark === "---" ? readYaml(source) : readToml(source),
    body: body.replace(/^\n/, "").replace(/\n$/, ""),
  };
}

function readYaml(source: string): Fields {
  return parseFields("YAML", () => {
    const document = parseDocument(source, { schema: "core", merge: false, prettyErrors: false });
    // The library reports a tag outside of the core schema as a warning.
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem) throw problem;
    return document.toJS({ maxAliasCount: maxAliases });
  });
}

function readToml(source: string): Fields {
  return parseFields("TOML", () => parseToml(source, { maxDepth: 20 }));
}

function parseFields(language: string, read: () => unknown): Fields {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    const [detail = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new Refused(`Its front matter is not well-formed ${language}: ${detail}`);
  }
  if (!isFields(value)) throw new Refused("Its front matter has no fields.");
  return value;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
