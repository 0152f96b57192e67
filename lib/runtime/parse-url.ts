/**
 * A host after a scheme or two slashes, wherever browsers see them, that is longer than DNS allows. The time to parse
 * it would grow with the square of its length: seconds for an article.
 */
const longHost = /^[^/\\?#]*(?::|[/\\]\s*[/\\])[/\\\s]*[^/\\?#]{256}/;

/** @returns the URL that a text of a user is, as `new URL` parses it, or null. */
export function parseUrl(text: string, base?: string): URL | null {
  return !longHost.test(text) && URL.canParse(text, base) ? new URL(text, base) : null;
}
