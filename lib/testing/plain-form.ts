/**
 * Reads a form of a page as a browser without JavaScript does.
 *
 * @param named a field or button that the form has.
 * @returns its hidden fields, which name the server action.
 */
export async function readPlainForm(
  address: string,
  named: string,
  headers: Record<string, string> = {},
): Promise<FormData> {
  const html = await (await fetch(address, { headers })).text();
  const form = html.match(/<form[\s\S]*?<\/form>/g)?.find((found) => found.includes(`name="${named}"`)) ?? "";
  const fields = new FormData();
  for (const [input] of form.matchAll(/<input type="hidden"[^>]*>/g)) {
    const read = (attribute: string) => new RegExp(` ${attribute}="([^"]*)"`).exec(input)?.[1] ?? "";
    fields.append(read("name"), read("value").replaceAll("&quot;", '"'));
  }
  return fields;
}
