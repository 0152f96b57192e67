/** The values of a form that was not submitted, stored in this browser. */
export type Draft = { key: string; values: Record<string, string>; savedAt: string };

/** Older drafts are removed the next time any user opens the editor in this browser. */
const retentionDays = 30;

/** @returns a key for the draft of one window, which no other window uses. */
export function newDraftKey(subject: string): string {
  // Not `randomUUID`, which browsers offer only over HTTPS.
  return `${prefixOf(subject)}${[...crypto.getRandomValues(new Uint32Array(4))].join("-")}`;
}

/**
 * Stores a draft in this browser.
 *
 * @returns false if storage is disabled or full.
 */
export function saveDraft(key: string, values: Record<string, string>): boolean {
  try {
    localStorage.setItem(key, JSON.stringify({ values, savedAt: new Date().toISOString() }));
    return true;
  } catch {
    return false;
  }
}

export function deleteDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Storage is disabled, so there is no draft to delete.
  }
}

/** Deletes every draft of a user, when they sign out or delete the account. */
export function deleteDraftsOf(userId: string): void {
  for (const key of keysOf(userId)) deleteDraft(key);
}

/** @returns how many drafts of a user this browser stores. */
export function countDraftsOf(userId: string): number {
  return keysOf(userId).length;
}

function keysOf(userId: string): string[] {
  return storedKeys().filter((key) => key.startsWith(`${commonPrefix}${userId}:`));
}

/**
 * Locks a draft while its window is open, so that no other window offers to restore it. The browser releases the lock
 * when the window closes or crashes.
 *
 * @returns a function that releases the lock earlier.
 */
export function lockDraft(key: string): () => void {
  const release = new AbortController();
  // Locks need HTTPS; without it a window may offer a draft that another window is still writing.
  navigator.locks
    ?.request(
      key,
      () => new Promise<void>((resolve) => release.signal.addEventListener("abort", () => resolve())),
    )
    .catch(() => {});
  return () => release.abort();
}

/**
 * Finds unsaved drafts of closed windows.
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

/** @returns null for a draft that is too old or malformed, which is deleted. */
function readDraft(key: string): Draft | null {
  const draft = parseDraft(localStorage.getItem(key));
  const oldest = new Date(Date.now() - retentionDays * 24 * 3600 * 1000).toISOString();
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
