/**
 * Markers of parts in shared files. A comment at the end of a line marks the line; a comment on its own line opens a
 * region, and the same comment with `end of` closes it. Lines with several names are removed with the last of them.
 *
 *     "tutorial", // part: tutorial
 *     # part: containers
 *     # end of part: containers
 */
const markerPattern =
  /^(.*?)(?:\{\/\*|\/\*|\/\/|#|<!--) ?(end of )?part: ([a-z][a-z-]*(?:, [a-z][a-z-]*)*) ?(?:\*\/\}|\*\/|-->)?$/;

type Marker = { kind: "line" | "start" | "end"; names: string[] };

function markerOf(line: string): Marker | null {
  const [, before = "", end, names = ""] = markerPattern.exec(line) ?? [];
  if (!names) return null;
  const kind = end ? "end" : before.trim() ? "line" : "start";
  return { kind, names: names.split(", ") };
}

/** @returns the names of the parts that a text has markers of. */
export function markedParts(text: string): Set<string> {
  return new Set(text.split("\n").flatMap((line) => markerOf(line)?.names ?? []));
}

/**
 * Removes the marked lines of parts. Markers that also name other parts keep those names.
 *
 * @param removed the names of the parts.
 * @throws Error for a region without a matching end.
 */
export function withoutParts(text: string, removed: ReadonlySet<string>): string {
  const kept: string[] = [];
  const regions: { names: string; isRemoved: boolean }[] = [];
  const isInside = () => regions.some(({ isRemoved }) => isRemoved);
  let hasJustRemoved = false;

  for (const line of text.split("\n")) {
    const marker = markerOf(line);
    const names = marker?.names.join(", ") ?? "";
    const remaining = marker?.names.filter((name) => !removed.has(name)) ?? [];
    const isRemoved = marker !== null && remaining.length === 0;

    if (marker?.kind === "start") regions.push({ names, isRemoved });
    const wasInside = isInside() || isRemoved;
    if (marker?.kind === "end" && regions.pop()?.names !== names) {
      throw new Error(`"end of part: ${names}" closes no region of that name.`);
    }
    if (wasInside) {
      hasJustRemoved = true;
      continue;
    }
    // Of two empty lines around a removed region, keep one.
    const isSecondEmptyLine = hasJustRemoved && line.trim() === "" && (kept.at(-1) ?? "").trim() === "";
    hasJustRemoved = false;
    if (!isSecondEmptyLine)
      kept.push(marker ? line.replace(`part: ${names}`, `part: ${remaining.join(", ")}`) : line);
  }
  if (regions.length > 0) throw new Error(`The region of ${regions.at(-1)?.names} is not closed.`);
  return kept.join("\n");
}

/** Removes the markers and keeps the marked lines. */
export function withoutMarkers(text: string): string {
  return text
    .split("\n")
    .flatMap((line) => {
      const marker = markerOf(line);
      if (marker === null) return [line];
      return marker.kind === "line" ? [line.replace(markerPattern, "$1").trimEnd()] : [];
    })
    .join("\n");
}
