import type { TokenPair, TokenStore } from "./bkend-fetch";

/** A store of tokens that says when it changes. */
export type ObservableTokenStore = Omit<TokenStore, "get"> & {
  get(): TokenPair | null;
  /** @returns what ends the watch. */
  subscribe(listener: () => void): () => void;
};

const storageKey = "tutorial-tokens";

/** What is in the storage, read at the first use; `undefined` before that. */
let held: TokenPair | null | undefined;
const listeners = new Set<() => void>();

/**
 * Keeps the tokens with which one tries the API out: in `sessionStorage`, for this tab and until it is closed, and
 * apart from how one is signed in to the site. Where a browser blocks that they last as long as the page.
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
    // Then memory alone has it.
  }
  for (const listener of listeners) listener();
}

function readStorage(): TokenPair | null {
  try {
    const { accessToken, refreshToken } = JSON.parse(window.sessionStorage.getItem(storageKey) ?? "{}");
    const isPair = typeof accessToken === "string" && typeof refreshToken === "string";
    return isPair ? { accessToken, refreshToken } : null;
  } catch {
    return null; // blocked, or not ours
  }
}
