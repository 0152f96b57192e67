import { timeAtWall, wallTimeOf } from "@/lib/i18n/wall-time";

/** The fields that an author fills in, and `updatedAt`: the version of the article that they edit. */
const fieldNames = [
  "title",
  "content",
  "category",
  "tags",
  "coverImage",
  "coverAlt",
  "excerpt",
  "publishAt",
  "updatedAt",
] as const;

/**
 * The values of the editor's fields. `publishAt` is an ISO time, independent of the time zone of its field, which
 * changes from the site's to the browser's on hydration. A value that is no valid time stays as it is.
 */
export type EditorValues = Record<(typeof fieldNames)[number], string>;

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Picks the editor's values from form values by name; `publishAt` is empty, since its time zone is unknown. */
export function editorValues(values: Record<string, string>): EditorValues {
  return mapFields((name) => (name === "publishAt" ? "" : (values[name] ?? "")));
}

/** @returns the current values of the fields. */
export function readValues(form: HTMLFormElement): EditorValues {
  return readFields(form, ({ value }) => value);
}

/** @returns the values that the server rendered. */
export function readSavedValues(form: HTMLFormElement): EditorValues {
  return readFields(form, ({ defaultValue }) => defaultValue.replaceAll("\r\n", "\n"));
}

export function writeValues(form: HTMLFormElement, values: Partial<EditorValues>): void {
  for (const name of fieldNames) {
    const field = findField(form, name);
    const value = values[name];
    if (!field || value === undefined) continue;
    const isTime = name === "publishAt" && value.endsWith("Z");
    field.value = isTime ? wallTimeOf(new Date(value), timeZoneOf(form)) : value;
  }
}

/** @returns a text field of a form. */
export function findField(form: HTMLFormElement, name: string): TextField | null {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement ? found : null;
}

/** @returns whether both have the same content, regardless of the version that they edit. */
export function isSameText(values: EditorValues, others: EditorValues): boolean {
  return fieldNames.every((name) => name === "updatedAt" || values[name] === others[name]);
}

function readFields(form: HTMLFormElement, read: (field: TextField) => string): EditorValues {
  return mapFields((name) => {
    const field = findField(form, name);
    const value = field ? read(field) : "";
    if (name !== "publishAt") return value;
    const time = timeAtWall(value, timeZoneOf(form));
    return Number.isNaN(time.getTime()) ? value : time.toISOString();
  });
}

function timeZoneOf(form: HTMLFormElement): string {
  return findField(form, "timeZone")?.value ?? "UTC";
}

function mapFields(read: (name: keyof EditorValues) => string): EditorValues {
  // `Object.fromEntries` does not know that every field has an entry.
  return Object.fromEntries(fieldNames.map((name) => [name, read(name)])) as EditorValues;
}
