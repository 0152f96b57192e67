import type { Page } from "@playwright/test";

/** A title that every feed, list and share card must escape. */
export const hostile = `</script>]]><b>&amp; "quoted" \u0001 \u{1f58b} 여백`;

/** Parses XML strictly in a browser. @returns the texts of elements by name. */
export async function textsOf(page: Page, xml: string, names: string[]): Promise<Record<string, string[]>> {
  return page.evaluate(
    ({ xml, names }) => {
      const document = new DOMParser().parseFromString(xml, "application/xml");
      const problem = document.querySelector("parsererror");
      if (problem) throw new Error(problem.textContent ?? "");
      const texts = (name: string) =>
        [...document.getElementsByTagName(name)].map((node) => node.textContent);
      return Object.fromEntries(names.map((name) => [name, texts(name)]));
    },
    { xml, names },
  );
}
