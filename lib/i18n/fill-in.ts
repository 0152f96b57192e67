/**
 * Fills the placeholders of a message that a client component receives unformatted, such as `{name}`. Not for
 * messages with plurals, which the server formats.
 */
export function fillIn(message: string, values: Record<string, string | number>): string {
  return message.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}

/** Picks the singular or plural form of a message and fills in `{count}`. */
export function fillInCount({ one, other }: { one: string; other: string }, count: number): string {
  return fillIn(count === 1 ? one : other, { count });
}
