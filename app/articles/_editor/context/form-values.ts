import { timeAtWall, wallTimeOf } from "@/lib/i18n/wall-time";

/** The fields of the editor's form that an author fills in, and the version of the article that they change. */
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
 * What the fields of the editor contain. `publishAt` is an ISO time, independent of the time zone in which the field
 * shows it: that changes when the script fills in the browser's own.
 */
export type EditorValues = Record<(typeof fieldNames)[number], string>;

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** @returns the editor's values among any values by name; `publishAt` is empty, since its time zone is unknown. */
export function editorValues(values: Record<string, string>): EditorValues {
  return mapFields((name) => (name === "publishAt" ? "" : (values[name] ?? "")));
}

/** @returns what the fields of a form contain now. */
export function readValues(form: HTMLFormElement): EditorValues {
  return readFields(form, ({ value }) => value);
}

/** @returns what the fields of a form contained when the server rendered it. */
export function readSavedValues(form: HTMLFormElement): EditorValues {
  return readFields(form, ({ defaultValue }) => defaultValue.replaceAll("\r\n", "\n"));
}

/** Fills in the fields of a form. */
export function writeValues(form: HTMLFormElement, values: Partial<EditorValues>): void {
  for (const name of fieldNames) {
    const field = findField(form, name);
    const value = values[name];
    if (!field || value === undefined) continue;
    const isTime = name === "publishAt" && value !== "";
    field.value = isTime ? wallTimeOf(new Date(value), timeZoneOf(form)) : value;
  }
}

/** @returns a field of a form in which text is entered. */
export function findField(form: HTMLFormElement, name: string): TextField | null {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement ? found : null;
}

/** @returns whether no text would be lost if one took the place of the other. */
export function isSameText(values: EditorValues, others: EditorValues): boolean {
  return fieldNames.every((name) => name === "updatedAt" || values[name] === others[name]);
}

function readFields(form: HTMLFormElement, read: (field: TextField) => string): EditorValues {
  return mapFields((name) => {
    const field = findField(form, name);
    const value = field ? read(field) : "";
    return name === "publishAt" && value !== "" ? timeAtWall(value, timeZoneOf(form)).toISOString() : value;
  });
}

function timeZoneOf(form: HTMLFormElement): string {
  return findField(form, "timeZone")?.value ?? "UTC";
}

function mapFields(read: (name: keyof EditorValues) => string): EditorValues {
  return {
    title: read("title"),
    content: read("content"),
    category: read("category"),
    tags: read("tags"),
    coverImage: read("coverImage"),
    coverAlt: read("coverAlt"),
    excerpt: read("excerpt"),
    publishAt: read("publishAt"),
    updatedAt: read("updatedAt"),
  };
}
