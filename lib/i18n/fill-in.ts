/**
 * Fills the placeholders of a message that a client component receives unformatted, such as `{name}`. Not for
 * messages with plurals, which the server formats.
 */
export function fillIn(message: string, values: Record<string, string | number>): string {
  return message.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
