/** @returns by name, the values that the user has changed since the form was submitted, without passwords. */
export function changesSince(submitted: FormData, form: HTMLFormElement): Record<string, string> {
  const current = new FormData(form);
  return Object.fromEntries(
    [...form.elements]
      .filter(isEditable)
      .map(({ name }) => [name, textOf(current, name)] as const)
      .filter(([name, text]) => text !== textOf(submitted, name)),
  );
}

/** Not a hidden field, whose value the page sets. */
function isEditable(element: Element): element is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  if (element instanceof HTMLInputElement) return element.type !== "hidden" && element.type !== "password";
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

/** @returns an empty text for a checkbox that is not checked. */
function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
