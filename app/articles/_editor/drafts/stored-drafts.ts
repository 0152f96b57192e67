/** The field values of a form that was not saved. */
export type Draft = { key: string; values: Record<string, string>; savedAt: string };

/** Older drafts are removed when any user writes in this browser. */
const keptDays = 30;

/** @returns a key under which one window keeps what is being written, and no other does. */
export function newDraftKey(subject: string): string {
  // Not `randomUUID`, which browsers keep from pages without https.
  return `${prefixOf(subject)}${[...crypto.getRandomValues(new Uint32Array(4))].join("-")}`;
}

/**
 * Keeps what is being written in this browser.
 *
 * @returns false where the browser keeps nothing, or has no room left.
 */
export function saveDraft(key: string, values: Record<string, string>): boolean {
  try {
    localStorage.setItem(key, JSON.stringify({ values, savedAt: new Date().toISOString() }));
    return true;
  } catch {
    return false;
  }
}

/** Drops a draft. */
export function deleteDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to drop.
  }
}

/** Drops every draft of a user: signing out and deleting the account leave nothing behind. */
export function deleteDraftsOf(userId: string): void {
  for (const key of keysOf(userId)) deleteDraft(key);
}

/** @returns how many drafts of a user this browser keeps. */
export function countDraftsOf(userId: string): number {
  return keysOf(userId).length;
}

function keysOf(userId: string): string[] {
  return storedKeys().filter((key) => key.startsWith(`${commonPrefix}${userId}:`));
}

/**
 * Holds a draft as long as its window lives: no other offers to restore it meanwhile. The browser lets go of it
 * when the window is closed or crashes.
 *
 * @returns what lets go of it before.
 */
export function lockDraft(key: string): () => void {
  const letGo = new AbortController();
  // Pages without https cannot hold anything; they may then be offered what another window is writing.
  navigator.locks
    ?.request(
      key,
      () => new Promise<void>((resolve) => letGo.signal.addEventListener("abort", () => resolve())),
    )
    .catch(() => {});
  return () => letGo.abort();
}

/**
 * Finds what was being written about something in windows that are gone.
 *
 * @returns the newest first.
 */
export async function findAbandonedDrafts(subject: string): Promise<Draft[]> {
  const locks = await navigator.locks?.query();
  const held = new Set(locks?.held?.map(({ name }) => name));
  return storedKeys()
    .filter((key) => key.startsWith(commonPrefix))
    .flatMap((key) => readDraft(key) ?? [])
    .filter(({ key }) => key.startsWith(prefixOf(subject)) && !held.has(key))
    .sort((one, other) => other.savedAt.localeCompare(one.savedAt));
}

const commonPrefix = "draft:";

/** A subject starts with the ID of the user. */
function prefixOf(subject: string): string {
  return `${commonPrefix}${subject}:`;
}

function storedKeys(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

/** @returns null for what is too old, or was not written by us. */
function readDraft(key: string): Draft | null {
  const draft = parseDraft(localStorage.getItem(key));
  const oldest = new Date(Date.now() - keptDays * 24 * 3600 * 1000).toISOString();
  if (draft && draft.savedAt > oldest) return { key, ...draft };
  deleteDraft(key);
  return null;
}

function parseDraft(json: string | null): Omit<Draft, "key"> | null {
  try {
    const draft: unknown = JSON.parse(json ?? "");
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

function isDraft(draft: unknown): draft is Omit<Draft, "key"> {
  return (
    typeof draft === "object" &&
    draft !== null &&
    "savedAt" in draft &&
    typeof draft.savedAt === "string" &&
    "values" in draft &&
    typeof draft.values === "object" &&
    draft.values !== null &&
    Object.values(draft.values).every((value) => typeof value === "string")
  );
}
