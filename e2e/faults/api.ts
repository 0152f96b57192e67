import { testSettings } from "@/lib/testing/app/settings";

/** A response of the API, and how long it took. */
export type ApiResponse<Body = unknown> = {
  status: number;
  body: Body;
  retryAfter: string | null;
  milliseconds: number;
};

export type Call = {
  body?: unknown;
  /** An access token. */
  token?: string;
  key?: string;
  /** The client address, as forwarded by a proxy; by default, each call has a new one. */
  address?: string;
};

/** A response that was interrupted. */
export class CutOff extends Error {
  override name = "CutOff";
}

/**
 * Calls the API of one instance.
 *
 * @param path below `/api`, such as `/v1/auth/me`.
 * @throws TypeError without a response, CutOff for an incomplete one.
 */
export async function call<Body = unknown>(
  url: string,
  method: string,
  path: string,
  { body, token, key = testSettings.PUBLISHABLE_KEY, address = freshAddress() }: Call = {},
): Promise<ApiResponse<Body>> {
  const startedAt = performance.now();
  const response = await fetch(`${url}/api${path}`, {
    method,
    headers: {
      "X-API-Key": key,
      "X-Forwarded-For": address,
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    redirect: "manual",
    signal: AbortSignal.timeout(60_000),
  });
  const parsed: Body = await response.json().catch((cause) => {
    throw new CutOff(`${method} ${path}`, { cause });
  });
  return {
    status: response.status,
    body: parsed,
    retryAfter: response.headers.get("retry-after"),
    milliseconds: performance.now() - startedAt,
  };
}

export const signUp = (url: string, email: string, password: string) =>
  call<Tokens>(url, "POST", "/v1/auth/email/signup", {
    body: { method: "password", email, password, name: "홍길동" },
  });

export const signIn = (url: string, email: string, password: string) =>
  call<Tokens>(url, "POST", "/v1/auth/email/signin", { body: { method: "password", email, password } });

export const refresh = (url: string, refreshToken: string) =>
  call<Tokens>(url, "POST", "/v1/auth/refresh", { body: { refreshToken } });

export const me = (url: string, token: string) => call(url, "GET", "/v1/auth/me", { token });

export const write = (url: string, token: string, title: string) =>
  call<{ id: string }>(url, "POST", "/v1/data/articles", {
    token,
    body: { title, content: "A line.", isPublished: true },
  });

export type Tokens = { accessToken: string; refreshToken: string };

let addresses = 0;

/** @returns an unused client address, so that no rate limit counts other callers. */
export function freshAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** @returns an unused email address. */
export function newEmail(): string {
  return `${crypto.randomUUID()}@example.com`;
}
