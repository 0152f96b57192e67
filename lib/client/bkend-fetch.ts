/**
 * A small client of the blog's API, for a browser, a server or React Native: one file without
 * imports, to copy into any app.
 *
 * ```ts
 * const tokens = browserTokens();
 * const bkendFetch = createBkendFetch({ baseUrl: "https://blog.example/api", apiKey: "pk_…", tokens });
 *
 * const pair = await bkendFetch<TokenPair>("/v1/auth/email/signin", {
 *   method: "POST",
 *   body: { method: "password", email, password },
 * });
 * await tokens.set(pair);
 *
 * const me = await bkendFetch<{ name: string }>("/v1/auth/me");
 * ```
 */

/** The tokens that sign-up and sign-in return. */
export type TokenPair = { accessToken: string; refreshToken: string };

/** The storage of the tokens. Its functions may be synchronous or asynchronous. */
export type TokenStore = {
  get(): TokenPair | null | Promise<TokenPair | null>;
  set(pair: TokenPair): void | Promise<void>;
  clear(): void | Promise<void>;
};

export type BkendFetchOptions = {
  /** The API's address, `/api` included. */
  baseUrl: string;
  /** `pk_…` in code that users can read, `sk_…` only on your own server. */
  apiKey: string;
  /** `browserTokens()` unless given. */
  tokens?: TokenStore;
  /** Replaces the `fetch` of the runtime, for example to observe requests and responses. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
};

export type BkendRequest = {
  /** `POST` with a body and `GET` without one, unless given. */
  method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** A plain object, sent as JSON. */
  body?: object;
  /** Added to the default headers; the same name replaces a default. */
  headers?: Record<string, string>;
  /** Aborts the request. */
  signal?: AbortSignal;
};

export type BkendFetch = <T = unknown>(path: string, request?: BkendRequest) => Promise<T>;

/**
 * Creates the function that calls the API: it sends the API key and the user's access token, renews a token that has
 * expired, and turns error responses into errors.
 *
 * @returns a function of a path, such as `/v1/auth/me`, that returns the parsed JSON, or `null` for an empty response.
 *   `T` is not checked.
 * @throws BkendError with the API's `status`, `code`, `message` and `details`;
 *   `auth/invalid-refresh-token` (401) if the session has ended, and the tokens are cleared;
 *   `client/network-error` (0) without a response; `client/unexpected-answer` if it did not come from the API.
 */
export function createBkendFetch({
  baseUrl,
  apiKey,
  tokens = browserTokens(),
  fetch: fetchFunction = (url, init) => fetch(url, init),
}: BkendFetchOptions): BkendFetch {
  const renewals = new Map<string, Promise<string>>();

  return async function bkendFetch<T = unknown>(path: string, request: BkendRequest = {}): Promise<T> {
    const accessToken = (await tokens.get())?.accessToken;

    const result = await send(path, request, accessToken).catch(async (error: unknown) => {
      if (!accessToken || hasOwnToken(request) || !isStaleToken(error)) throw error;
      return send(path, request, await renew(accessToken));
    });
    return result as T;
  };

  /** Calls that failed with the same token share one renewal: in this tab by the map, across tabs by the lock. */
  function renew(staleToken: string): Promise<string> {
    const shared =
      renewals.get(staleToken) ??
      withTabLock(`bkend-fetch ${staleToken}`, () => refresh(staleToken)).finally(() =>
        renewals.delete(staleToken),
      );
    renewals.set(staleToken, shared);
    return shared;
  }

  /** @returns an access token for the retry: one that another call has stored meanwhile, or a new one. */
  async function refresh(staleToken: string): Promise<string> {
    const held = await tokens.get();
    if (!held?.refreshToken) throw sessionEnded();
    if (held.accessToken !== staleToken) return held.accessToken;

    const request = { body: { refreshToken: held.refreshToken }, signal: refreshDeadline() };
    const fresh = await send("/v1/auth/refresh", request).catch(async (error: unknown) => {
      if (!isRejectedRefresh(error)) throw error;
      if ((await tokens.get())?.refreshToken === held.refreshToken) await tokens.clear();
      throw sessionEnded(error);
    });
    if (!isTokenPair(fresh)) throw unexpectedResponse(200);

    // Meanwhile the user may have signed out, or another user may have signed in. Then the store is not changed; this
    // call continues as the user who made it, or fails.
    const current = await tokens.get();
    if (!current) throw sessionEnded();
    if (current.refreshToken === held.refreshToken) {
      await tokens.set({ accessToken: fresh.accessToken, refreshToken: fresh.refreshToken });
    }
    return fresh.accessToken;
  }

  async function send(path: string, request: BkendRequest, accessToken?: string): Promise<unknown> {
    const { body, method = body ? "POST" : "GET", signal } = request;

    const headers = new Headers({ "X-API-Key": apiKey });
    if (body) headers.set("Content-Type", "application/json");
    if (accessToken) headers.set("Authorization", `Bearer ${accessToken}`);
    new Headers(request.headers).forEach((value: string, name: string) => {
      headers.set(name, value);
    });

    const { status, ok, text } = await fetchText(fetchFunction, joinUrl(baseUrl, path), {
      method,
      headers,
      body: body && JSON.stringify(body),
      signal,
    });
    if (ok && text === "") return null;

    const result = parsedJson(text);
    if (ok && result !== undefined) return result;
    throw apiErrorOf(status, result);
  }
}

/** An error of the API, or no usable response. `code` is for programs, `message` for users. */
export class BkendError extends Error {
  override readonly name = "BkendError";

  constructor(
    /** The HTTP status; 0 without a response. */
    readonly status: number,
    readonly code: string,
    message: string,
    /** The invalid fields, if any. */
    readonly details?: { path: string; message: string }[],
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/**
 * Keeps the tokens in `localStorage`, where every tab of the site finds them. Without it, as
 * while a page is rendered on the server, the caller is a guest.
 *
 * @returns a store; `key` is the name in `localStorage`, to tell several APIs on one site apart.
 * @throws Error at `set` if there is no `localStorage`.
 */
export function browserTokens(key = "bkend-tokens"): TokenStore {
  return {
    get() {
      const pair = parsedJson(localStorageIfAny()?.getItem(key) ?? "");
      return isTokenPair(pair) ? pair : null;
    },
    set({ accessToken, refreshToken }) {
      const storage = localStorageIfAny();
      if (!storage) throw new Error("localStorage is not available. Pass a token store to createBkendFetch.");
      storage.setItem(key, JSON.stringify({ accessToken, refreshToken }));
    },
    clear() {
      localStorageIfAny()?.removeItem(key);
    },
  };
}

/**
 * Keeps the tokens in memory. On a server, create one for each user: callers that share it share the session.
 *
 * @returns a store that holds `initial` at first, if given.
 */
export function memoryTokens(initial: TokenPair | null = null): TokenStore {
  let held = initial;
  return {
    get() {
      return held;
    },
    set({ accessToken, refreshToken }) {
      held = { accessToken, refreshToken };
    },
    clear() {
      held = null;
    },
  };
}

/** Shorter than the 10 seconds in which the API repeats its response to a used refresh token, in case it is lost. */
const refreshTimeoutMs = 8_000;

/** The features of browsers that a server or React Native may lack; only `fetch` is available everywhere. */
type Runtime = {
  fetch: unknown;
  localStorage?: {
    getItem(key: string): string | null;
    setItem(key: string, value: string): void;
    removeItem(key: string): void;
  };
  navigator?: { locks?: { request<T>(name: string, work: () => Promise<T>): Promise<T> } };
  AbortSignal?: { timeout?(milliseconds: number): AbortSignal };
};
const runtime: Runtime = globalThis;

function localStorageIfAny(): Runtime["localStorage"] {
  try {
    return runtime.localStorage;
  } catch {
    return undefined; // a browser that blocks site data throws on access
  }
}

/**
 * Runs the work under a lock that all tabs share. The lock is released a moment after the work is done: browsers
 * grant it to the next tab at once, but a write to `localStorage` may reach that tab later.
 */
function withTabLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = runtime.navigator?.locks;
  if (!locks) return work();
  return new Promise((resolve, reject) => {
    locks.request(name, () => work().then(resolve, reject).then(pause)).catch(reject);
  });
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100));
}

/** A refresh that hangs would block every tab that waits for the lock. */
function refreshDeadline(): AbortSignal | undefined {
  return runtime.AbortSignal?.timeout?.(refreshTimeoutMs);
}

/** Appends the path without resolving it, so that no path can send the tokens to another site. */
function joinUrl(baseUrl: string, path: string): string {
  return `${baseUrl.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
}

/** Reads the whole response, since the network may fail in the middle of it. */
async function fetchText(
  fetchFunction: (url: string, init: RequestInit) => Promise<Response>,
  url: string,
  init: RequestInit,
): Promise<{ status: number; ok: boolean; text: string }> {
  try {
    const response = await fetchFunction(url, init);
    return { status: response.status, ok: response.ok, text: await response.text() };
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") throw error;
    throw new BkendError(0, "client/network-error", "The server did not respond.", undefined, {
      cause: error,
    });
  }
}

/** @returns the value, or undefined for text that is not JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function apiErrorOf(status: number, result: unknown): BkendError {
  const error = property(result, "error");
  const code = property(error, "code");
  const message = property(error, "message");
  const details = property(error, "details");
  if (typeof code !== "string" || typeof message !== "string") return unexpectedResponse(status);
  return new BkendError(status, code, message, Array.isArray(details) ? details : undefined);
}

/** The response came from another server, such as a proxy or the sign-in page of a network. */
function unexpectedResponse(status: number): BkendError {
  return new BkendError(
    status,
    "client/unexpected-answer",
    `The response (${status}) did not come from the API.`,
  );
}

function sessionEnded(cause?: BkendError): BkendError {
  const message = cause?.message ?? "The session has ended. Sign in again.";
  return new BkendError(401, "auth/invalid-refresh-token", message, undefined, { cause });
}

/** The caller's `Authorization` header replaces the stored token, so a refresh would change nothing. */
function hasOwnToken(request: BkendRequest): boolean {
  return new Headers(request.headers).has("Authorization");
}

function isStaleToken(error: unknown): boolean {
  return (
    error instanceof BkendError &&
    error.status === 401 &&
    (error.code === "auth/token-expired" || error.code === "auth/invalid-token")
  );
}

/** Whether the session ended or the user is banned; a rejected API key says nothing about the refresh token. */
function isRejectedRefresh(error: unknown): error is BkendError {
  return (
    error instanceof BkendError &&
    (error.status === 401 || error.status === 403) &&
    error.code.startsWith("auth/")
  );
}

export function isTokenPair(value: unknown): value is TokenPair {
  return (
    typeof property(value, "accessToken") === "string" && typeof property(value, "refreshToken") === "string"
  );
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
