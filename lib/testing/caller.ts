import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { type ApiDocument, undocumented } from "./api-document";

/** A response of the API. */
export type Answer<Body = unknown> = {
  status: number;
  /** The code of an error response. */
  code: string | undefined;
  headers: Headers;
  body: Body;
};

/** A header that is null or undefined is not sent at all. */
export type CallHeaders = Record<string, string | null | undefined>;

type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

const documentPath = "/v1/openapi.json";
const documents = new Map<string, Promise<ApiDocument>>();

/**
 * A client of the API over HTTP that always sends the same headers. Each response is validated against the API's own
 * document: an undocumented response fails the test.
 */
export class Caller {
  constructor(
    private readonly headers: CallHeaders,
    private readonly appUrl: string = inject("appUrl"),
  ) {}

  /** The same caller with additional or replaced headers. */
  with(headers: CallHeaders): Caller {
    return new Caller({ ...this.headers, ...headers }, this.appUrl);
  }

  /** The same caller with a bearer token. */
  as(accessToken: string): Caller {
    return this.with({ Authorization: `Bearer ${accessToken}` });
  }

  get = <Body>(path: string, headers?: CallHeaders) => this.send<Body>("GET", path, undefined, headers);
  delete = <Body>(path: string, headers?: CallHeaders) => this.send<Body>("DELETE", path, undefined, headers);
  post = <Body>(path: string, body?: unknown, headers?: CallHeaders) =>
    this.send<Body>("POST", path, body, headers);
  patch = <Body>(path: string, body?: unknown, headers?: CallHeaders) =>
    this.send<Body>("PATCH", path, body, headers);

  /**
   * @param path below `/api`, such as `/v1/auth/me`.
   * @param body text and bytes are sent as they are, a stream in chunks, anything else as JSON.
   */
  async send<Body>(
    method: Method,
    path: string,
    body?: unknown,
    headers: CallHeaders = {},
  ): Promise<Answer<Body>> {
    const all = {
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...this.headers,
      ...headers,
    };
    const response = await fetch(`${this.appUrl}/api${path}`, {
      method,
      headers: Object.entries(all).filter(
        (header): header is [string, string] => typeof header[1] === "string",
      ),
      redirect: "manual",
      ...(body !== undefined && { body: encode(body), duplex: "half" }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") && text !== "";
    const parsed = isJson ? JSON.parse(text) : text;
    const answer = {
      status: response.status,
      code: parsed.error?.code,
      headers: response.headers,
      body: parsed,
    };
    if (method !== "HEAD" && path !== documentPath) {
      const differences = undocumented(await this.document(), { method, path }, answer);
      if (differences.length > 0)
        throw new Error(`The response does not match the OpenAPI document:\n${differences.join("\n")}`);
    }
    return answer;
  }

  private async document(): Promise<ApiDocument> {
    let document = documents.get(this.appUrl);
    if (!document) {
      document = fetch(`${this.appUrl}/api${documentPath}`).then((response) => response.json());
      documents.set(this.appUrl, document);
    }
    return document;
  }
}

/**
 * @returns an unused client address, so that no rate limit counts other callers. All four bytes are random: of fewer
 *   addresses, a suite with thousands of callers now and then meets one that another test has used up.
 */
export function freshAddress(): string {
  return randomBytes(4).join(".");
}

/** A caller without an account, with the publishable key and its own client address. */
export function guest(): Caller {
  return new Caller({ "X-API-Key": inject("publishableKey"), "X-Forwarded-For": freshAddress() });
}

/** A caller with the secret key, which acts as admin. */
export function withSecretKey(): Caller {
  return guest().with({ "X-API-Key": inject("secretKey") });
}

function encode(body: unknown): BodyInit {
  if (typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream) {
    // The type of fetch excludes bytes in a SharedArrayBuffer.
    return body as BodyInit;
  }
  return JSON.stringify(body);
}
