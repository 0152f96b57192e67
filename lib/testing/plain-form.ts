/**
 * Reads a form of a page as a browser without JavaScript does.
 *
 * @param html the HTML of the page.
 * @param contains text that identifies the form by its HTML; the first match counts.
 * @returns the values of its inputs, including the hidden ones that identify its server action.
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

/** Fetches a page and reads one of its forms. */
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
