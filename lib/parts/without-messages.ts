/**
 * Removes messages from a file of messages: an object, one property a line or below its line, as the formatter writes
 * it.
 *
 * @param paths the keys that lead to the messages, such as `frame.tutorial`; a group goes with all that it contains.
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
        // The comment of a message goes with it.
        while (/^ *(\/\*\*|\*|\/\/)/.test(kept.at(-1) ?? "")) kept.pop();
        continue;
      }
    }
    kept.push(line);
  }
  return kept.join("\n");
}

/** In steps of two spaces. An empty line belongs to what surrounds it. */
function depthOf(line: string): number {
  if (line.trim() === "") return Number.POSITIVE_INFINITY;
  return (line.length - line.trimStart().length) / 2;
}
