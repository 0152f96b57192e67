/**
 * Removes messages from a message file: an object literal as the formatter writes it, with one property per line.
 *
 * @param paths key paths of messages or of whole groups, such as `layout.tutorial`.
 */
export function withoutMessages(text: string, paths: readonly string[]): string {
  const kept: string[] = [];
  const keys: string[] = [];
  let removedDepth: number | undefined;

  for (const line of text.split("\n")) {
    const depth = depthOf(line);
    const key = /^ *"?([\w/-]+)"?:/.exec(line)?.[1];
    const isClosing = /^ *\}/.test(line);
    if (removedDepth !== undefined && (depth > removedDepth || (isClosing && depth === removedDepth)))
      continue;
    removedDepth = undefined;
    if (key !== undefined && depth > 0) {
      keys.splice(depth - 1, keys.length, key);
      if (paths.includes(keys.join("."))) {
        removedDepth = depth;
        // The comment of a message is removed with it.
        while (/^ *(\/\*\*|\*|\/\/)/.test(kept.at(-1) ?? "")) kept.pop();
        continue;
      }
    }
    kept.push(line);
  }
  return kept.join("\n");
}

/** @returns the depth in steps of two spaces; Infinity for an empty line, so that it belongs to the group around it. */
function depthOf(line: string): number {
  if (line.trim() === "") return Number.POSITIVE_INFINITY;
  return (line.length - line.trimStart().length) / 2;
}
