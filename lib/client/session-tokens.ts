import type { TokenPair, TokenStore } from "./bkend-fetch";

/** A token store with change notifications. */
export type ObservableTokenStore = Omit<TokenStore, "get"> & {
  get(): TokenPair | null;
  /** @returns a function that unsubscribes. */
  subscribe(listener: () => void): () => void;
};

const storageKey = "tutorial-tokens";

/** The content of the storage, read at the first use; `undefined` before that. */
let held: TokenPair | null | undefined;
const listeners = new Set<() => void>();

/**
 * Keeps the tokens for trying out the API: in `sessionStorage`, for this tab until it is closed, separate from the
 * session on the site. If a browser blocks the storage, they last as long as the page.
 */
export const sessionTokens: ObservableTokenStore = {
  get() {
    held ??= readStorage();
    return held;
  },
  set({ accessToken, refreshToken }) {
    keep({ accessToken, refreshToken });
  },
  clear() {
    keep(null);
  },
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

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
    const { accessToken, refreshToken } = JSON.parse(window.sessionStorage.getItem(storageKey) ?? "{}");
    const isPair = typeof accessToken === "string" && typeof refreshToken === "string";
    return isPair ? { accessToken, refreshToken } : null;
  } catch {
    return null; // blocked, or not valid
  }
}
