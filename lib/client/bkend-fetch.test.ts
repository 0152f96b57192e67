import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  BkendError,
  browserTokens,
  createBkendFetch,
  memoryTokens,
  type TokenPair,
  type TokenStore,
} from "./bkend-fetch";

type Call = { method: string; path: string; headers: IncomingHttpHeaders; body: string };
type TestResponse = { status: number; json?: unknown; text?: string } | "no response" | "half a response";

const apiKey = `pk_${"0".repeat(64)}`;
const firstPair = { accessToken: "access-1", refreshToken: "refresh-1" };
const secondPair = { accessToken: "access-2", refreshToken: "refresh-2" };
const otherPair = { accessToken: "access-of-another", refreshToken: "refresh-of-another" };

let server: Server;
let baseUrl: string;
let calls: Call[];
let respondToRefresh: (call: Call) => TestResponse | Promise<TestResponse>;
let respondToOthers: (call: Call) => TestResponse | Promise<TestResponse>;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { method = "", url: path = "", headers } = request;
    const call = { method, path, headers, body: await text(request) };
    calls.push(call);

    const testResponse = await (path === "/api/v1/auth/refresh"
      ? respondToRefresh(call)
      : respondToOthers(call));
    if (testResponse === "no response") response.destroy();
    else if (testResponse === "half a response") {
      response.writeHead(200, { "Content-Length": 1000 });
      response.write('{"half":', () => response.destroy());
    } else {
      response.writeHead(testResponse.status);
      response.end(
        testResponse.text ?? (testResponse.json === undefined ? "" : JSON.stringify(testResponse.json)),
      );
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

// The first access token has expired. The first refresh token returns the second pair, at every call.
beforeEach(() => {
  calls = [];
  respondToRefresh = ({ body }) =>
    body === JSON.stringify({ refreshToken: firstPair.refreshToken })
      ? { status: 200, json: { ...secondPair, tokenType: "Bearer", expiresIn: 3600 } }
      : errorResponse(401, "auth/invalid-refresh-token");
  respondToOthers = ({ headers }) =>
    headers.authorization === `Bearer ${firstPair.accessToken}`
      ? errorResponse(401, "auth/token-expired")
      : { status: 200, json: { caller: headers.authorization ?? "a guest" } };
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("a call", () => {
  test("sends the key, the user's token and the body as JSON, and returns the parsed JSON", async () => {
    respondToOthers = () => ({ status: 201, json: { id: "1", title: "여백" } });

    const article = await clientOf(memoryTokens(secondPair))("/v1/data/articles", {
      method: "POST",
      body: { title: "여백" },
    });

    expect(article).toEqual({ id: "1", title: "여백" });
    expect(calls).toMatchObject([
      {
        method: "POST",
        path: "/api/v1/data/articles",
        body: '{"title":"여백"}',
        headers: {
          "x-api-key": apiKey,
          "content-type": "application/json",
          authorization: "Bearer access-2",
        },
      },
    ]);
  });

  test("of a guest sends only the key", async () => {
    await expect(clientOf(memoryTokens())("/v1/data/articles")).resolves.toEqual({ caller: "a guest" });

    expect(calls[0]).toMatchObject({ method: "GET", headers: { "x-api-key": apiKey } });
    expect(calls[0]?.headers).not.toHaveProperty("authorization");
    expect(calls[0]?.headers).not.toHaveProperty("content-type");
  });

  test("may be a POST without a body", async () => {
    await clientOf(memoryTokens(secondPair))("/v1/auth/signout", { method: "POST" });

    expect(calls[0]).toMatchObject({ method: "POST", body: "" });
    expect(calls[0]?.headers).not.toHaveProperty("content-type");
  });

  test("with a body and no method is a POST", async () => {
    await clientOf(memoryTokens())("/v1/auth/email/signin", { body: { method: "password" } });

    expect(calls[0]).toMatchObject({ method: "POST", body: '{"method":"password"}' });
  });

  test("lets its headers replace the default ones, whatever their case", async () => {
    const headers = { "x-api-key": "sk_other", AUTHORIZATION: "Bearer mine", "Accept-Language": "ko" };
    await clientOf(memoryTokens(secondPair))("/v1/auth/me", { headers });

    expect(calls[0]?.headers).toMatchObject({
      "x-api-key": "sk_other",
      authorization: "Bearer mine",
      "accept-language": "ko",
    });
  });

  test.each([
    ["/v1/auth/me", ""],
    ["v1/auth/me", ""],
    ["/v1/auth/me", "/"],
    ["v1/auth/me", "/"],
  ])("requests %s below a base URL that ends in '%s'", async (path, ending) => {
    await createBkendFetch({ baseUrl: baseUrl + ending, apiKey, tokens: memoryTokens() })(path);

    expect(calls[0]?.path).toBe("/api/v1/auth/me");
  });

  test.each(["//elsewhere.example/v1/auth/me", "https://elsewhere.example/v1/auth/me"])(
    "does not send its tokens to another site: %s",
    async (path) => {
      await clientOf(memoryTokens(secondPair))(path);

      expect(calls[0]?.path).toMatch(/^\/api\/.*elsewhere\.example\/v1\/auth\/me$/);
    },
  );

  test.each([204, 200])("returns null for an empty response with %i", async (status) => {
    respondToOthers = () => ({ status });

    await expect(clientOf(memoryTokens())("/v1/empty")).resolves.toBeNull();
  });

  test("throws the error of the API", async () => {
    const details = [{ path: "email", message: "Enter a valid email address." }];
    respondToOthers = () => ({
      status: 400,
      json: { error: { code: "auth/invalid-email", message: "Enter a valid email address.", details } },
    });

    const failure = await failureOf(clientOf(memoryTokens())("/v1/auth/email/signup", { body: {} }));

    expect(failure).toBeInstanceOf(BkendError);
    expect(failure).toMatchObject({
      status: 400,
      code: "auth/invalid-email",
      message: "Enter a valid email address.",
      details,
    });
  });

  test.each<[string, TestResponse, number]>([
    ["a proxy's page", { status: 502, text: "<h1>Bad Gateway</h1>" }, 502],
    ["an error without a body", { status: 401 }, 401],
    ["an error in another format", { status: 404, json: { error: "Not found" } }, 404],
    ["a sign-in page of the network", { status: 200, text: "<h1>Welcome to the hotel</h1>" }, 200],
  ])("that gets %s reports an unexpected response", async (_, testResponse, status) => {
    respondToOthers = () => testResponse;

    await expect(failureOf(clientOf(memoryTokens(secondPair))("/v1/auth/me"))).resolves.toMatchObject({
      status,
      code: "client/unexpected-answer",
    });
  });

  test.each<TestResponse>(["no response", "half a response"])(
    "that gets %s is a network error",
    async (testResponse) => {
      respondToOthers = () => testResponse;

      const failure = await failureOf(clientOf(memoryTokens(secondPair))("/v1/auth/me"));

      expect(failure).toMatchObject({
        status: 0,
        code: "client/network-error",
        cause: expect.any(TypeError),
      });
    },
  );

  test("that is aborted throws an AbortError", async () => {
    const leaving = new AbortController();
    respondToOthers = () => {
      leaving.abort();
      return "no response";
    };

    const failure = await failureOf(clientOf(memoryTokens())("/v1/auth/me", { signal: leaving.signal }));

    expect(failure).toMatchObject({ name: "AbortError" });
  });
});

describe("an expired access token", () => {
  test.each(["auth/token-expired", "auth/invalid-token"])(
    "is renewed at %s, and the call is repeated with the new token",
    async (code) => {
      const tokens = memoryTokens(firstPair);
      respondToOthers = ({ headers }) =>
        headers.authorization === "Bearer access-2"
          ? { status: 201, json: { id: "1" } }
          : errorResponse(401, code);

      const article = await clientOf(tokens)("/v1/data/articles", { body: { title: "여백" } });

      expect(article).toEqual({ id: "1" });
      expect(calls).toMatchObject([
        { path: "/api/v1/data/articles", headers: { authorization: "Bearer access-1" } },
        {
          path: "/api/v1/auth/refresh",
          body: '{"refreshToken":"refresh-1"}',
          headers: { "x-api-key": apiKey },
        },
        {
          path: "/api/v1/data/articles",
          headers: { authorization: "Bearer access-2" },
          body: '{"title":"여백"}',
        },
      ]);
      expect(tokens.get()).toEqual(secondPair);
    },
  );

  test.each([
    [401, "auth/unauthorized"],
    [401, "auth/invalid-credentials"],
    [401, "auth/invalid-refresh-token"],
    [401, "common/invalid-api-key"],
    [403, "auth/account-banned"],
    [403, "auth/token-expired"],
    [503, "common/unavailable"],
  ])("is not refreshed at %i %s", async (status, code) => {
    const tokens = memoryTokens(secondPair);
    respondToOthers = () => errorResponse(status, code);

    await expect(failureOf(clientOf(tokens)("/v1/auth/me"))).resolves.toMatchObject({ status, code });

    expect(calls).toHaveLength(1);
    expect(tokens.get()).toEqual(secondPair);
  });

  test("does not affect a guest", async () => {
    respondToOthers = () => errorResponse(401, "auth/invalid-token");

    const failure = await failureOf(
      clientOf(memoryTokens())("/v1/auth/password/reset/confirm", { body: {} }),
    );

    expect(failure).toMatchObject({ status: 401, code: "auth/invalid-token" });
    expect(calls).toHaveLength(1);
  });

  test("is not refreshed for a call with its own token", async () => {
    const headers = { authorization: `Bearer ${firstPair.accessToken}` };

    const failure = await failureOf(clientOf(memoryTokens(firstPair))("/v1/auth/me", { headers }));

    expect(failure).toMatchObject({ code: "auth/token-expired" });
    expect(calls).toHaveLength(1);
  });

  test("is refreshed once; if the new one is rejected too, the call fails", async () => {
    const tokens = memoryTokens(firstPair);
    respondToOthers = () => errorResponse(401, "auth/invalid-token");

    await expect(failureOf(clientOf(tokens)("/v1/auth/me"))).resolves.toMatchObject({
      code: "auth/invalid-token",
    });

    expect(calls).toHaveLength(3);
    expect(tokens.get()).toEqual(secondPair);
  });

  test("is refreshed once for concurrent calls", async () => {
    const allHaveFailed = gate();
    respondToRefresh = async () => {
      await allHaveFailed.opened;
      return { status: 200, json: secondPair };
    };
    const bkendFetch = clientOf(memoryTokens(firstPair));

    const results = Promise.all(Array.from({ length: 10 }, (_, n) => bkendFetch(`/v1/data/articles/${n}`)));
    await until(() => calls.length === 11);
    allHaveFailed.open();

    expect(await results).toEqual(Array(10).fill({ caller: "Bearer access-2" }));
    expect(refreshCalls()).toHaveLength(1);
  });

  test("is not refreshed again for a call that fails later", async () => {
    const slowResponse = gate();
    const usualResponse = respondToOthers;
    respondToOthers = async (call) => {
      if (call.path === "/api/v1/slow") await slowResponse.opened;
      return usualResponse(call);
    };
    const bkendFetch = clientOf(memoryTokens(firstPair));

    const late = bkendFetch("/v1/slow");
    await until(() => calls.length === 1);
    await bkendFetch("/v1/auth/me");
    slowResponse.open();

    await expect(late).resolves.toEqual({ caller: "Bearer access-2" });
    expect(refreshCalls()).toHaveLength(1);
  });

  test("is refreshed in an asynchronous store", async () => {
    const tokens = asynchronous(memoryTokens(firstPair));

    await expect(clientOf(tokens)("/v1/auth/me")).resolves.toEqual({ caller: "Bearer access-2" });
    await expect(tokens.get()).resolves.toEqual(secondPair);
  });
});

describe("a refresh", () => {
  test.each([
    [401, "auth/invalid-refresh-token"],
    [403, "auth/account-banned"],
  ])("that is rejected with %i %s ends the session for every caller", async (status, code) => {
    const tokens = memoryTokens(firstPair);
    respondToRefresh = () => errorResponse(status, code);
    const bkendFetch = clientOf(tokens);

    const failures = await Promise.all([
      failureOf(bkendFetch("/v1/auth/me")),
      failureOf(bkendFetch("/v1/other")),
    ]);

    for (const failure of failures) {
      expect(failure).toBeInstanceOf(BkendError);
      expect(failure).toMatchObject({
        status: 401,
        code: "auth/invalid-refresh-token",
        message: `Refused: ${code}`,
        cause: { status, code },
      });
    }
    expect(tokens.get()).toBeNull();
    await expect(bkendFetch("/v1/data/articles")).resolves.toEqual({ caller: "a guest" });
  });

  test.each<[string, TestResponse, { status: number; code: string }]>([
    [
      "the database is unavailable",
      errorResponse(503, "common/unavailable"),
      { status: 503, code: "common/unavailable" },
    ],
    [
      "it exceeds a rate limit",
      errorResponse(429, "auth/too-many-requests"),
      { status: 429, code: "auth/too-many-requests" },
    ],
    [
      "the API key is wrong",
      errorResponse(401, "common/invalid-api-key"),
      { status: 401, code: "common/invalid-api-key" },
    ],
    [
      "a firewall blocks it",
      { status: 403, text: "<h1>No</h1>" },
      { status: 403, code: "client/unexpected-answer" },
    ],
    [
      "a captive portal responds",
      { status: 200, text: "<h1>Hi</h1>" },
      { status: 200, code: "client/unexpected-answer" },
    ],
    [
      "the response has no tokens",
      { status: 200, json: {} },
      { status: 200, code: "client/unexpected-answer" },
    ],
    ["the network is down", "no response", { status: 0, code: "client/network-error" }],
  ])("that fails because %s keeps the tokens and reports the error", async (_, testResponse, failure) => {
    const tokens = memoryTokens(firstPair);
    respondToRefresh = () => testResponse;

    await expect(failureOf(clientOf(tokens)("/v1/auth/me"))).resolves.toMatchObject(failure);

    expect(tokens.get()).toEqual(firstPair);
    expect(calls).toHaveLength(2);
  });

  test("whose response was lost is repeated at the next call, with the same token", async () => {
    const tokens = memoryTokens(firstPair);
    const usualResponse = respondToRefresh;
    respondToRefresh = () => "half a response";
    const bkendFetch = clientOf(tokens);
    await failureOf(bkendFetch("/v1/auth/me"));

    respondToRefresh = usualResponse;

    await expect(bkendFetch("/v1/auth/me")).resolves.toEqual({ caller: "Bearer access-2" });
    expect(tokens.get()).toEqual(secondPair);
  });

  test("that hangs is aborted, and the tokens are kept", async () => {
    const deadline = new AbortController();
    vi.spyOn(AbortSignal, "timeout").mockReturnValue(deadline.signal);
    const tokens = memoryTokens(firstPair);
    const end = gate();
    respondToRefresh = async (): Promise<TestResponse> => {
      deadline.abort(new DOMException("Too long", "TimeoutError"));
      await end.opened;
      return "no response";
    };

    await expect(failureOf(clientOf(tokens)("/v1/auth/me"))).resolves.toMatchObject({
      status: 0,
      code: "client/network-error",
    });

    expect(tokens.get()).toEqual(firstPair);
    end.open();
  });
});

describe("while a refresh runs", () => {
  test("a user who signs out stays signed out", async () => {
    const tokens = memoryTokens(firstPair);
    respondToRefresh = () => {
      tokens.clear();
      return { status: 200, json: secondPair };
    };

    await expect(failureOf(clientOf(tokens)("/v1/auth/me"))).resolves.toMatchObject({
      status: 401,
      code: "auth/invalid-refresh-token",
    });

    expect(tokens.get()).toBeNull();
    expect(calls).toHaveLength(2);
  });

  test("another user who signs in stays signed in, and the call continues as the first user", async () => {
    const tokens = memoryTokens(firstPair);
    respondToRefresh = () => {
      tokens.set(otherPair);
      return { status: 200, json: secondPair };
    };

    await expect(clientOf(tokens)("/v1/auth/me")).resolves.toEqual({ caller: "Bearer access-2" });

    expect(tokens.get()).toEqual(otherPair);
  });

  test("another user who signs in is not signed out when the refresh of the first is rejected", async () => {
    const tokens = memoryTokens(firstPair);
    respondToRefresh = () => {
      tokens.set(otherPair);
      return errorResponse(401, "auth/invalid-refresh-token");
    };

    await expect(failureOf(clientOf(tokens)("/v1/auth/me"))).resolves.toMatchObject({
      code: "auth/invalid-refresh-token",
    });

    expect(tokens.get()).toEqual(otherPair);
  });

  test("the expired token of another user is refreshed separately", async () => {
    const tokens = memoryTokens(firstPair);
    const bothAsk = gate();
    respondToOthers = ({ headers }) =>
      headers.authorization?.endsWith("-new")
        ? { status: 200, json: { caller: headers.authorization } }
        : errorResponse(401, "auth/token-expired");
    respondToRefresh = async ({ body }) => {
      await bothAsk.opened;
      const { refreshToken }: TokenPair = JSON.parse(body);
      return {
        status: 200,
        json: { accessToken: `${refreshToken}-new`, refreshToken: `${refreshToken}-next` },
      };
    };
    const bkendFetch = clientOf(tokens);

    const first = bkendFetch("/v1/auth/me");
    await until(() => refreshCalls().length === 1);
    tokens.set(otherPair);
    const second = bkendFetch("/v1/auth/me");
    await until(() => refreshCalls().length === 2);
    bothAsk.open();

    await expect(first).resolves.toEqual({ caller: "Bearer refresh-1-new" });
    await expect(second).resolves.toEqual({ caller: "Bearer refresh-of-another-new" });
    expect(tokens.get()).toMatchObject({ accessToken: "refresh-of-another-new" });
  });
});

describe("two tabs", () => {
  test("share one refresh by the lock and the store", async () => {
    vi.stubGlobal("localStorage", createStorage());
    const locks = createLocks();
    vi.stubGlobal("navigator", { locks });
    browserTokens().set(firstPair);
    const bothHaveFailed = gate();
    respondToRefresh = async () => {
      await bothHaveFailed.opened;
      return { status: 200, json: secondPair };
    };

    const results = Promise.all([openTab()("/v1/auth/me"), openTab()("/v1/auth/me")]);
    await until(() => locks.requests === 2);
    bothHaveFailed.open();

    expect(await results).toEqual(Array(2).fill({ caller: "Bearer access-2" }));
    expect(refreshCalls()).toHaveLength(1);
    expect(browserTokens().get()).toEqual(secondPair);
  });

  test("share one refresh even if a write of one reaches the other late, as in browsers", async () => {
    const locks = createLocks();
    vi.stubGlobal("navigator", { locks });
    const [here, there] = storesWithDelayedSync(firstPair);
    const bothHaveFailed = gate();
    respondToRefresh = async () => {
      await bothHaveFailed.opened;
      return { status: 200, json: secondPair };
    };

    const results = Promise.all([clientOf(here)("/v1/auth/me"), clientOf(there)("/v1/auth/me")]);
    await until(() => locks.requests === 2);
    bothHaveFailed.open();

    expect(await results).toEqual(Array(2).fill({ caller: "Bearer access-2" }));
    expect(refreshCalls()).toHaveLength(1);
  });

  test("report a rejected refresh once", async () => {
    vi.stubGlobal("localStorage", createStorage());
    const locks = createLocks();
    vi.stubGlobal("navigator", { locks });
    browserTokens().set(firstPair);
    const bothHaveFailed = gate();
    respondToRefresh = async () => {
      await bothHaveFailed.opened;
      return errorResponse(401, "auth/invalid-refresh-token");
    };

    const failures = Promise.all([failureOf(openTab()("/v1/auth/me")), failureOf(openTab()("/v1/auth/me"))]);
    await until(() => locks.requests === 2);
    bothHaveFailed.open();

    for (const failure of await failures) {
      expect(failure).toMatchObject({ status: 401, code: "auth/invalid-refresh-token" });
    }
    expect(refreshCalls()).toHaveLength(1);
    expect(browserTokens().get()).toBeNull();
  });

  test("without locks end up with the same tokens, since the API repeats its response", async () => {
    vi.stubGlobal("localStorage", createStorage());
    vi.stubGlobal("navigator", {});
    browserTokens().set(firstPair);
    const bothAsk = gate();
    respondToRefresh = async () => {
      await bothAsk.opened;
      return { status: 200, json: secondPair };
    };

    const results = Promise.all([openTab()("/v1/auth/me"), openTab()("/v1/auth/me")]);
    await until(() => refreshCalls().length === 2);
    bothAsk.open();

    expect(await results).toEqual(Array(2).fill({ caller: "Bearer access-2" }));
    expect(browserTokens().get()).toEqual(secondPair);
  });

  test("of different users do not wait for each other", async () => {
    vi.stubGlobal("navigator", { locks: createLocks() });
    const slowRefresh = gate();
    const usualResponse = respondToRefresh;
    respondToRefresh = async (call) => {
      if (call.body.includes(otherPair.refreshToken)) await slowRefresh.opened;
      return usualResponse(call);
    };
    respondToOthers = ({ headers }) =>
      headers.authorization === "Bearer access-2"
        ? { status: 200, json: {} }
        : errorResponse(401, "auth/token-expired");

    const slow = failureOf(clientOf(memoryTokens(otherPair))("/v1/auth/me"));
    await until(() => refreshCalls().length === 1);

    await expect(clientOf(memoryTokens(firstPair))("/v1/auth/me")).resolves.toEqual({});
    slowRefresh.open();
    await slow;
  });
});

describe("the stores", () => {
  test("in a browser keep the two tokens and nothing else, until they are cleared", () => {
    const storage = createStorage();
    vi.stubGlobal("localStorage", storage);
    const signInResponse = { ...firstPair, tokenType: "Bearer", expiresIn: 3600 };

    expect(browserTokens().get()).toBeNull();
    browserTokens().set(signInResponse);
    expect(browserTokens().get()).toEqual(firstPair);
    expect(browserTokens("another-api").get()).toBeNull();
    browserTokens().clear();
    expect(browserTokens().get()).toBeNull();
  });

  test.each(["", "{", "null", '"text"', '{"accessToken":1,"refreshToken":2}'])(
    "in a browser ignore an invalid value: %j",
    (text) => {
      vi.stubGlobal("localStorage", { ...createStorage(), getItem: () => text });

      expect(browserTokens().get()).toBeNull();
    },
  );

  test("in a browser are the default", async () => {
    vi.stubGlobal("localStorage", createStorage());
    browserTokens().set(firstPair);

    await expect(createBkendFetch({ baseUrl, apiKey })("/v1/auth/me")).resolves.toEqual({
      caller: "Bearer access-2",
    });
    expect(browserTokens().get()).toEqual(secondPair);
  });

  test.each<[string, PropertyDescriptor]>([
    ["on a server", { value: undefined }],
    [
      "where the browser blocks it",
      {
        get() {
          throw new DOMException("Access is denied for this document.", "SecurityError");
        },
      },
    ],
  ])(
    "without localStorage, %s, treat every caller as a guest and throw when tokens are set",
    async (_, descriptor) => {
      vi.stubGlobal("localStorage", undefined);
      Object.defineProperty(globalThis, "localStorage", { ...descriptor, configurable: true });

      await expect(createBkendFetch({ baseUrl, apiKey })("/v1/data/articles")).resolves.toEqual({
        caller: "a guest",
      });
      expect(() => browserTokens().set(firstPair)).toThrow("localStorage is not available");
      expect(() => browserTokens().clear()).not.toThrow();
    },
  );

  test("in memory keep their tokens separate", () => {
    const tokens = memoryTokens();

    expect(tokens.get()).toBeNull();
    tokens.set(firstPair);
    expect(tokens.get()).toEqual(firstPair);
    expect(memoryTokens().get()).toBeNull();
    tokens.clear();
    expect(tokens.get()).toBeNull();
  });
});

function clientOf(tokens: TokenStore) {
  return createBkendFetch({ baseUrl, apiKey, tokens });
}

/** A tab of the same site: its own module, but shared `localStorage` and `navigator.locks`. */
function openTab() {
  return clientOf(browserTokens());
}

function refreshCalls() {
  return calls.filter(({ path }) => path === "/api/v1/auth/refresh");
}

function errorResponse(status: number, code: string) {
  return { status, json: { error: { code, message: `Refused: ${code}` } } };
}

function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail("The call should have failed."),
    (error: unknown) => error,
  );
}

function until(condition: () => boolean) {
  return vi.waitUntil(condition, { interval: 5, timeout: 10_000 });
}

/** Delays a response until the test opens it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

function asynchronous(tokens: TokenStore): TokenStore {
  return {
    get: async () => tokens.get(),
    set: async (pair) => tokens.set(pair),
    clear: async () => tokens.clear(),
  };
}

function createStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

/** Like `localStorage` in two browser processes: the writer sees a write at once, the other process a little later. */
function storesWithDelayedSync(initial: TokenPair): [TokenStore, TokenStore] {
  const here = memoryTokens(initial);
  const there = memoryTokens(initial);
  const delayed = (near: TokenStore, far: TokenStore): TokenStore => ({
    get: near.get,
    set(pair) {
      near.set(pair);
      setImmediate(() => far.set(pair));
    },
    clear() {
      near.clear();
      setImmediate(() => far.clear());
    },
  });
  return [delayed(here, there), delayed(there, here)];
}

/** Like a browser's lock manager: work under the same name runs one after another. */
function createLocks() {
  const last = new Map<string, Promise<unknown>>();
  return {
    requests: 0,
    request<T>(name: string, work: () => Promise<T>): Promise<T> {
      this.requests += 1;
      const turn = (last.get(name) ?? Promise.resolve()).then(work, work);
      last.set(name, turn);
      return turn;
    },
  };
}
