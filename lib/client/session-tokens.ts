import { useSyncExternalStore } from "react";
import { isTokenPair, type TokenPair, type TokenStore } from "./bkend-fetch";

const storageKey = "tutorial-tokens";

/** The content of the storage, read at the first use; `undefined` before that. */
let held: TokenPair | null | undefined;
const listeners = new Set<() => void>();

/**
 * Keeps the tokens for trying out the API: in `sessionStorage`, for this tab until it is closed, separate from the
 * session on the site. If a browser blocks the storage, they last as long as the page.
 */
export const sessionTokens = {
  get(): TokenPair | null {
    held ??= readStorage();
    return held;
  },
  set({ accessToken, refreshToken }: TokenPair): void {
    keep({ accessToken, refreshToken });
  },
  clear(): void {
    keep(null);
  },
} satisfies TokenStore;

/** @returns the tokens, also after each change; null on the server. */
export function useSessionTokens(): TokenPair | null {
  return useSyncExternalStore(subscribe, sessionTokens.get, () => null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keep(pair: TokenPair | null): void {
  held = pair;
  try {
    if (pair) window.sessionStorage.setItem(storageKey, JSON.stringify(pair));
    else window.sessionStorage.removeItem(storageKey);
  } catch {
    // The tokens are then only in memory.
  }
  for (const listener of listeners) listener();
}

function readStorage(): TokenPair | null {
  try {
    const pair: unknown = JSON.parse(window.sessionStorage.getItem(storageKey) ?? "null");
    return isTokenPair(pair) ? pair : null;
  } catch {
    return null; // blocked, or not valid
  }
}
