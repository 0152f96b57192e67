import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { z } from "zod";
import { en } from "@/lib/i18n/messages/en";
import { startTestApp, type TestApp } from "@/lib/testing/app/start-test-app";
import { freshAddress } from "@/lib/testing/caller";

const address = `${inject("appUrl")}/api/mcp`;

const found = z.object({
  results: z.array(z.object({ kind: z.string(), title: z.string(), address: z.string(), text: z.string() })),
});

/** The client of the MCP SDK, as a coding assistant uses it. */
async function connect(url = address): Promise<Client> {
  const client = new Client({ name: "a coding assistant", version: "1.0.0" });
  const requestInit = { headers: { "X-Forwarded-For": freshAddress() } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  return client;
}

describe("the MCP server, for a coding assistant", () => {
  let client: Client;
  beforeAll(async () => {
    client = await connect();
  });
  afterAll(() => client.close());

  async function search(query: string, limit?: number) {
    const answer = await client.callTool({ name: "search_docs", arguments: { query, limit } });
    return found.parse(answer.structuredContent).results;
  }

  test("describes itself and offers two read-only tools", async () => {
    expect(client.getServerVersion()?.name).toMatch(/documentation$/);
    expect(client.getInstructions()).toContain("get_context");
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual(["get_context", "search_docs"]);
    for (const { annotations } of tools) expect(annotations?.readOnlyHint).toBe(true);
  });

  test.each([
    ["build sign-in", "POST /v1/auth/email/signin", "postAuthEmailSignin"],
    ["로그인 만들기", "POST /v1/auth/email/signin", "postAuthEmailSignin"],
    ["register a user", "POST /v1/auth/email/signup", "postAuthEmailSignup"],
    ["비밀번호 재설정 메일 요청", "POST /v1/auth/password/reset/request", "postAuthPasswordResetRequest"],
    ["refresh the access token", "POST /v1/auth/refresh", "postAuthRefresh"],
    ["who is signed in", "GET /v1/auth/me", "getAuthMe"],
    ["글 쓰기", "POST /v1/data/articles", "postDataArticles"],
    ["list and search articles", "GET /v1/data/articles", "getDataArticles"],
  ])("finds, for “%s”, %s first", async (query, title, anchor) => {
    const [first] = await search(query);
    expect(first?.kind).toBe("endpoint");
    expect(first?.address.startsWith(`${inject("appUrl")}/`)).toBe(true);
    expect(first?.address.split("#")[1]).toBe(anchor);
    expect(first?.title.startsWith(`${title}:`)).toBe(true);
  });

  test("returns an endpoint with its fields, errors and examples", async () => {
    const [first] = await search("build sign-in", 1);
    for (const part of [
      "# POST /api/v1/auth/email/signin",
      "- `email`: string",
      "- `accessToken`: string",
      `401 \`auth/invalid-credentials\`: ${en.errors["auth/invalid-credentials"]}`,
      "curl $API/v1/auth/email/signin",
      'bkendFetch("/v1/auth/email/signin"',
    ]) {
      expect(first?.text).toContain(part);
    }
  });

  test.each([
    ["rules for adding an endpoint", "AGENTS.md#adding-an-endpoint"],
    // part: guides
    ["deploy to Vercel", "app/docs/en/deploying.md#"], // part: vercel
    // part: korean
    ["버셀에 배포하려면", "app/docs/ko/deploying.md#"], // part: vercel
    // end of part: korean
    ["change the name and colours", "app/docs/en/customising.md#"],
    // end of part: guides
  ])("finds, for “%s”, a guide in the language of the question", async (query, start) => {
    const pages = await search(query);
    const guides = pages.filter(({ kind }) => kind === "guide");
    expect(guides[0]?.address.slice(0, start.length)).toBe(start);
    expect(guides[0]?.text.length).toBeGreaterThan(100);
  });

  test("returns at most as many results as requested, and says so when there are none", async () => {
    expect(await search("article", 2)).toHaveLength(2);
    expect(await search("qqqqzzzz")).toEqual([]);
    const { content } = await client.callTool({ name: "search_docs", arguments: { query: "qqqqzzzz" } });
    expect(content).toEqual([{ type: "text", text: expect.stringContaining("other words") }]);
  });

  test("returns the base URL, headers and rules, and no secret", async () => {
    const { structuredContent, content } = await client.callTool({ name: "get_context", arguments: {} });
    expect(structuredContent).toMatchObject({
      baseUrl: `${inject("appUrl")}/api`,
      headers: { "X-API-Key": inject("publishableKey"), Authorization: "Bearer <accessToken>" },
      rules: expect.arrayContaining([expect.stringContaining("auth/token-expired")]),
    });
    expect(JSON.stringify([structuredContent, content])).not.toContain(inject("secretKey"));
  });

  test("gives enough context to build sign-in", async () => {
    const context = await client.callTool({ name: "get_context", arguments: {} });
    const { baseUrl, headers } = z
      .object({ baseUrl: z.string(), headers: z.record(z.string(), z.string()) })
      .parse(context.structuredContent);
    const [signIn] = await search("build sign-in", 1);
    const path = /^POST (\S+):/.exec(signIn?.title ?? "")?.[1];

    const answer = await fetch(`${baseUrl}${path}`, {
      method: "POST",
      headers: { "X-API-Key": headers["X-API-Key"] ?? "", "Content-Type": "application/json" },
      body: JSON.stringify({ method: "password", email: "unknown@example.com", password: "abc123" }),
    });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: "auth/invalid-credentials" } });
  });

  test.each([
    ["search_docs", {}],
    ["search_docs", { query: "" }],
    ["search_docs", { query: "x".repeat(401) }],
    ["search_docs", { query: "x", limit: 11 }],
    ["search_docs", { query: { not: "" } }],
    ["delete_everything", {}],
  ])("returns an error for a call of %s with %j", async (name, arguments_) => {
    const answer = await client.callTool({ name, arguments: arguments_ });
    expect(answer.isError).toBe(true);
  });
});

describe("the MCP server over plain HTTP", () => {
  const initialize = {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "plain", version: "1" } },
  };

  function post(body: BodyInit, headers: Record<string, string> = {}, url = address) {
    return fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json, text/event-stream",
        "X-Forwarded-For": freshAddress(),
        ...headers,
      },
      body,
    });
  }

  test("responds to a message with JSON that no cache stores", async () => {
    const answer = await post(JSON.stringify(initialize));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("application/json");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-request-id")).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
    expect(answer.headers.get("mcp-session-id")).toBeNull();
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  test.each(["GET", "DELETE", "PUT", "PATCH"])("does not offer %s: there are no streams", async (method) => {
    const answer = await fetch(address, { method, headers: { Accept: "text/event-stream" } });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("POST, OPTIONS");
  });

  test.each(["application/json", "application/json;q=0.9", "*/*", "application/*"])(
    "responds with JSON to a client that accepts only %s",
    async (accept) => {
      const answer = await post(JSON.stringify(initialize), { Accept: accept });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    },
  );

  test.each([
    ["that is not JSON", "{", {}, 400],
    ["that is not a message", "{}", {}, 400],
    ["that is a batch of several messages", JSON.stringify([initialize, initialize]), {}, 400],
    ["that is a batch of one message", JSON.stringify([initialize]), {}, 400],
    ["of another type", "x", { "Content-Type": "text/plain" }, 415],
    ["larger than 1 MiB", `"${"x".repeat(1024 * 1024)}"`, {}, 413],
    [
      "of an unknown protocol version",
      JSON.stringify({ ...initialize, method: "tools/list", params: {} }),
      {
        "Mcp-Protocol-Version": "1999-01-01",
      },
      400,
    ],
    ["from a client that does not accept JSON", JSON.stringify(initialize), { Accept: "text/html" }, 406],
  ])("rejects a body %s", async (_, body, headers, status) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ jsonrpc: "2.0", error: { message: expect.any(String) } });
  });

  test.each(["https://evil.example", "http://localhost.evil.example", "null", "%"])(
    "rejects requests and preflights from a page of %s",
    async (origin) => {
      const answer = await post(JSON.stringify(initialize), { Origin: origin });
      expect(answer.status).toBe(403);
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      const preflight = await fetch(address, { method: "OPTIONS", headers: { Origin: origin } });
      expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
    },
  );

  test.each([inject("appUrl"), "http://localhost:6274"])(
    "accepts requests and preflights from a page of %s",
    async (origin) => {
      const preflight = await fetch(address, { method: "OPTIONS", headers: { Origin: origin } });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get("access-control-allow-headers")).toContain("Mcp-Protocol-Version");
      const answer = await post(JSON.stringify(initialize), { Origin: origin });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    },
  );

  test("counts calls towards the rate limit of all requests", async () => {
    const from = { "X-Forwarded-For": freshAddress() };
    const statuses: number[] = [];
    while (statuses.length < 650 && statuses.at(-1) !== 429) {
      const batch = Array.from({ length: 50 }, () => post("{", from));
      for (const answer of await Promise.all(batch)) {
        statuses.push(answer.status);
        if (answer.status === 429) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      }
      statuses.sort();
    }
    expect(statuses.filter((status) => status === 400)).toHaveLength(600);
  });
});

describe("the MCP server with CORS_ORIGINS set", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ CORS_ORIGINS: "https://app.example.com" });
  });
  afterAll(() => app?.stop());

  test("accepts pages on the list, and always clients without an Origin", async () => {
    const answer = await fetch(`${app.url}/api/mcp`, {
      method: "OPTIONS",
      headers: { Origin: "https://app.example.com" },
    });
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
    const client = await connect(`${app.url}/api/mcp`);
    expect((await client.listTools()).tools).toHaveLength(2);
    await client.close();
  });
});
