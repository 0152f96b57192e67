/**
 * Reads a form of a page as a browser without JavaScript does.
 *
 * @param html of the page.
 * @param contains text that the form's HTML has, and no form before it.
 * @returns what its inputs hold already, among them the hidden ones that name its server action.
 */
export function readForm(html: string, contains: string): FormData {
  const form = html.match(/<form[\s\S]*?<\/form>/g)?.find((found) => found.includes(contains));
  if (!form) throw new Error(`No form with ${contains} in ${html.slice(0, 500)}`);
  const fields = new FormData();
  for (const [input] of form.matchAll(/<input [^>]*>/g)) {
    const read = (attribute: string) => new RegExp(` ${attribute}="([^"]*)"`).exec(input)?.[1];
    const name = read("name");
    const isChosen = !/checkbox|radio/.test(read("type") ?? "") || input.includes(" checked");
    if (name && isChosen) fields.set(unescapeHtml(name), unescapeHtml(read("value") ?? ""));
  }
  return fields;
}

/** Fetches a page and reads a form of it. */
export async function fetchForm(
  url: string,
  contains: string,
  headers: Record<string, string> = {},
): Promise<FormData> {
  return readForm(await (await fetch(url, { headers })).text(), contains);
}

function unescapeHtml(html: string): string {
  return html
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
