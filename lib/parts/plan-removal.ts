import { markedParts, withoutMarks, withoutParts } from "./marked-lines";
import { declarationFolder, type Part } from "./part";
import { filesAt, type ProjectTree } from "./project-tree";
import { withoutMessages } from "./without-messages";

/** What removing parts does to the project. */
export type Removal = {
  /** Files to delete. */
  deleted: string[];
  /** Files to write, with their new text. */
  written: Map<string, string>;
  /** Dependencies that no remaining part declares. */
  packages: string[];
};

/** Marks in the code and the tests of the removal are examples. */
export const ownFolder = "lib/parts/";

/** The part that is the removal itself. The marks go with it. */
const removalItself = "removal";

/**
 * Plans the removal of parts; changes nothing.
 *
 * @param parts all parts of the project.
 * @param names the parts to remove.
 */
export function planRemoval(parts: Part[], names: readonly string[], tree: ProjectTree): Removal {
  const removed = new Set(names);
  const going = parts.filter(({ name }) => removed.has(name));
  const staying = parts.filter(({ name }) => !removed.has(name));
  const lastOf = (list: "shared" | "packages" | "scripts") =>
    [...new Set(going.flatMap((part) => part[list]))].filter(
      (entry) => !staying.some((part) => part[list].includes(entry)),
    );

  const paths = [...going.flatMap(({ files }) => files), ...lastOf("shared")];
  const deleted = new Set(paths.flatMap((path) => filesAt(path, tree)));
  for (const { name } of going) deleted.add(`${declarationFolder}/${name}.json`);
  const remaining = new Map([...tree].filter(([file]) => !deleted.has(file)));

  const written = new Map<string, string>();
  for (const [file, text] of remaining) {
    const next = rewritten(file, text ?? "");
    if (text !== null && next !== text) written.set(file, next);
  }
  return { deleted: [...deleted].sort(), written, packages: lastOf("packages") };

  function rewritten(file: string, text: string): string {
    if (file.startsWith("lib/i18n/messages/") && !file.includes(".test."))
      return withoutMessages(
        text,
        going.flatMap(({ messages }) => messages),
      );
    if (file === "package.json") return withoutScripts(text, lastOf("scripts"));
    if (file.startsWith(`${declarationFolder}/`)) return pruned(text, remaining, going);
    if (file.startsWith(ownFolder)) return text;
    const marked = markedParts(text);
    const left = [...marked].some((name) => removed.has(name)) ? withoutParts(text, removed) : text;
    return removed.has(removalItself) && marked.size > 0 ? withoutMarks(left) : left;
  }
}

function withoutScripts(text: string, scripts: string[]): string {
  if (scripts.length === 0) return text;
  const manifest = JSON.parse(text);
  for (const script of scripts) delete manifest.scripts[script];
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** A declaration names neither files nor messages that went with another part. */
function pruned(text: string, remaining: ProjectTree, going: Part[]): string {
  const declared: { files?: string[]; shared?: string[]; messages?: string[] } = JSON.parse(text);
  const exists = (path: string) => filesAt(path, remaining).length > 0;
  const gone = going.flatMap((part) => part.messages);
  const isLeft = (message: string) => !gone.some((group) => `${message}.`.startsWith(`${group}.`));
  const { files = [], shared = [], messages = [] } = declared;
  if ([...files, ...shared].every(exists) && messages.every(isLeft)) return text;
  const found = {
    files: files.filter(exists),
    shared: shared.filter(exists),
    messages: messages.filter(isLeft),
  };
  return `${JSON.stringify({ ...declared, ...found }, null, 2)}\n`;
}
