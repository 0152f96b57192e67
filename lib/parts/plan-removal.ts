import { markedParts, withoutMarkers, withoutParts } from "./marked-lines";
import { declarationFolder, type Part } from "./part";
import { filesAt, type ProjectTree } from "./project-tree";
import { withoutMessages } from "./without-messages";

/** The changes that removing parts makes to the project. */
export type Removal = {
  /** Files to delete. */
  deleted: string[];
  /** Files to write, with their new text. */
  written: Map<string, string>;
  /** Dependencies that no remaining part declares. */
  packages: string[];
};

/** Markers in the removal's own code and tests are examples, and are left alone. */
export const ownFolder = "lib/parts/";

/** The part that contains this code. Removing it also removes the markers. */
const removalItself = "removal";

/**
 * Plans the removal of parts; changes nothing.
 *
 * @param parts all parts of the project.
 * @param names the parts to remove.
 */
export function planRemoval(parts: Part[], names: readonly string[], tree: ProjectTree): Removal {
  const removed = new Set(names);
  const removedParts = parts.filter(({ name }) => removed.has(name));
  const keptParts = parts.filter(({ name }) => !removed.has(name));
  const lastOf = (list: "shared" | "packages" | "scripts") =>
    [...new Set(removedParts.flatMap((part) => part[list]))].filter(
      (entry) => !keptParts.some((part) => part[list].includes(entry)),
    );

  const paths = [...removedParts.flatMap(({ files }) => files), ...lastOf("shared")];
  const deleted = new Set(paths.flatMap((path) => filesAt(path, tree)));
  for (const { name } of removedParts) deleted.add(`${declarationFolder}/${name}.json`);
  const remaining = new Map([...tree].filter(([file]) => !deleted.has(file)));

  const written = new Map<string, string>();
  for (const [file, text] of remaining) {
    const next = rewrite(file, text ?? "");
    if (text !== null && next !== text) written.set(file, next);
  }
  return { deleted: [...deleted].sort(), written, packages: lastOf("packages") };

  function rewrite(file: string, text: string): string {
    if (file.startsWith("lib/i18n/messages/") && !file.includes(".test."))
      return withoutMessages(
        text,
        removedParts.flatMap(({ messages }) => messages),
      );
    if (file === "package.json") return withoutScripts(text, lastOf("scripts"));
    if (file.startsWith(`${declarationFolder}/`)) return pruneDeclaration(text, remaining, removedParts);
    if (file.startsWith(ownFolder)) return text;
    const marked = markedParts(text);
    const kept = [...marked].some((name) => removed.has(name)) ? withoutParts(text, removed) : text;
    return removed.has(removalItself) && marked.size > 0 ? withoutMarkers(kept) : kept;
  }
}

function withoutScripts(text: string, scripts: string[]): string {
  if (scripts.length === 0) return text;
  const manifest = JSON.parse(text);
  for (const script of scripts) delete manifest.scripts[script];
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Drops the files and messages that were removed with another part from a declaration. */
function pruneDeclaration(text: string, remaining: ProjectTree, removedParts: Part[]): string {
  const declared: { files?: string[]; shared?: string[]; messages?: string[] } = JSON.parse(text);
  const exists = (path: string) => filesAt(path, remaining).length > 0;
  const removed = removedParts.flatMap((part) => part.messages);
  const isKept = (message: string) => !removed.some((group) => `${message}.`.startsWith(`${group}.`));
  const { files = [], shared = [], messages = [] } = declared;
  if ([...files, ...shared].every(exists) && messages.every(isKept)) return text;
  const found = {
    files: files.filter(exists),
    shared: shared.filter(exists),
    messages: messages.filter(isKept),
  };
  return `${JSON.stringify({ ...declared, ...found }, null, 2)}\n`;
}
