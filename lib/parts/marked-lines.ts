/**
 * Marks in files that parts share. A comment at the end of a line marks the line; a comment on a line of its own opens
 * a region, and the same comment after `end of` closes it. Several names mean that the lines go with the last of them.
 *
 *     "tutorial", // part: tutorial
 *     # part: containers
 *     # end of part: containers
 */
const marker =
  /^(.*?)(?:\{\/\*|\/\*|\/\/|#|<!--) ?(end of )?part: ([a-z][a-z-]*(?:, [a-z][a-z-]*)*) ?(?:\*\/\}|\*\/|-->)?$/;

type Mark = { kind: "line" | "start" | "end"; names: string[] };

/** @returns the mark that a line carries. */
function markOf(line: string): Mark | null {
  const [, before = "", end, names = ""] = marker.exec(line) ?? [];
  if (!names) return null;
  const kind = end ? "end" : before.trim() ? "line" : "start";
  return { kind, names: names.split(", ") };
}

/** @returns the names of the parts that a text has marks of. */
export function markedParts(text: string): Set<string> {
  return new Set(text.split("\n").flatMap((line) => markOf(line)?.names ?? []));
}

/**
 * Leaves out the marked lines of parts. Marks that name other parts too keep those.
 *
 * @param removed the names of the parts.
 * @throws Error for a region that is not closed by the comment that fits it.
 */
export function withoutParts(text: string, removed: ReadonlySet<string>): string {
  const kept: string[] = [];
  const regions: { names: string; isRemoved: boolean }[] = [];
  const isInside = () => regions.some(({ isRemoved }) => isRemoved);
  let hasJustRemoved = false;

  for (const line of text.split("\n")) {
    const mark = markOf(line);
    const names = mark?.names.join(", ") ?? "";
    const remaining = mark?.names.filter((name) => !removed.has(name)) ?? [];
    const isRemoved = mark !== null && remaining.length === 0;

    if (mark?.kind === "start") regions.push({ names, isRemoved });
    const wasInside = isInside() || isRemoved;
    if (mark?.kind === "end" && regions.pop()?.names !== names) {
      throw new Error(`"end of part: ${names}" closes no region of that name.`);
    }
    if (wasInside) {
      hasJustRemoved = true;
      continue;
    }
    // What was between two empty lines leaves one.
    const isSecondEmptyLine = hasJustRemoved && line.trim() === "" && (kept.at(-1) ?? "").trim() === "";
    hasJustRemoved = false;
    if (!isSecondEmptyLine)
      kept.push(mark ? line.replace(`part: ${names}`, `part: ${remaining.join(", ")}`) : line);
  }
  if (regions.length > 0) throw new Error(`The region of ${regions.at(-1)?.names} is not closed.`);
  return kept.join("\n");
}

/** Leaves out the marks, and keeps the lines that they mark. */
export function withoutMarks(text: string): string {
  return text
    .split("\n")
    .flatMap((line) => {
      const mark = markOf(line);
      if (mark === null) return [line];
      return mark.kind === "line" ? [line.replace(marker, "$1").trimEnd()] : [];
    })
    .join("\n");
}
