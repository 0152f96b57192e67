import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { errors } from "@/lib/core/errors";
import { contracts } from "./contracts";
import { errorCodesOf, openApiDocument } from "./openapi";

const apiFolder = "app/api";

type Route = { OPTIONS: (request: Request) => Promise<Response> };

/** Every route of the API: its file, and its path as contracts write it. */
const routes = readdirSync(`${apiFolder}/v1`, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(`${sep}route.ts`))
  .map((file) => ({
    file: join(apiFolder, "v1", file),
    path: `/v1/${file.split(sep).slice(0, -1).join("/")}`.replace(/\[(\w+)\]/g, "{$1}"),
  }));

/** The methods that a route offers, by its `OPTIONS` response. */
async function offeredBy(file: string): Promise<string[]> {
  const { OPTIONS }: Route = await import(join(process.cwd(), file));
  const response = await OPTIONS(new Request("http://localhost/", { method: "OPTIONS" }));
  const methods = response.headers.get("allow")?.split(", ") ?? [];
  return methods.filter((method) => !["HEAD", "OPTIONS"].includes(method));
}

test("every route has a contract, and every contract has a route", async () => {
  const served = await Promise.all(
    routes.map(async ({ file, path }) => (await offeredBy(file)).map((method) => `${method} ${path}`)),
  );
  const endpoints = contracts.map(({ method, path }) => `${method} ${path}`);
  expect(served.flat().sort()).toEqual(endpoints.sort());
});

test("no endpoint has two contracts", () => {
  const endpoints = contracts.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(endpoints).size).toBe(endpoints.length);
});

test("the parameters of a contract match its path", () => {
  for (const { path, params } of contracts) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(params?.shape ?? {})).toEqual(inPath);
  }
});

describe("the OpenAPI document", () => {
  const document = openApiDocument();
  const text = JSON.stringify(document);
  const operations = contracts.map((contract) => {
    const operation = document.paths[contract.path]?.[contract.method.toLowerCase()];
    if (!operation) throw new Error(`The document lacks ${contract.method} ${contract.path}`);
    return { contract, operation };
  });

  test("is OpenAPI 3.1", () => {
    expect(document).toMatchObject({
      openapi: "3.1.1",
      info: { title: expect.any(String), version: expect.any(String) },
    });
  });

  test("describes every endpoint under a unique operation ID", () => {
    for (const { contract, operation } of operations) {
      expect(operation).toMatchObject({
        summary: contract.summary,
        operationId: expect.stringMatching(/^[a-z]\w+$/),
      });
      expect(operation.responses).toHaveProperty(String(contract.success.status));
    }
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  test("lists every error code, and no other", () => {
    // These belong to addresses that are not endpoints, and to forms, which send the version that they change.
    const ofNoEndpoint = ["common/not-found", "common/method-not-allowed", "data/table-not-found"];
    const ofForms = ["data/changed-meanwhile", "user/changed-meanwhile"];
    const named = new Set(contracts.flatMap(errorCodesOf));
    expect([...named, ...ofNoEndpoint, ...ofForms].sort()).toEqual(Object.keys(errors).sort());
    for (const code of named) expect(text).toContain(`"${code}"`);
  });

  test("lists each error code of an endpoint under its status", () => {
    for (const { contract, operation } of operations) {
      for (const code of errorCodesOf(contract)) {
        expect(operation.responses).toHaveProperty(
          [
            String(errors[code].status),
            "content",
            "application/json",
            "schema",
            "allOf",
            "1",
            "properties",
            "error",
            "properties",
            "code",
            "enum",
          ],
          expect.arrayContaining([code]),
        );
      }
    }
  });

  test("has no dangling references", () => {
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
      expect(document.components.schemas).toHaveProperty(name ?? "");
    }
    expect(text).not.toContain("$defs");
  });

  test("describes how a client authenticates", () => {
    const securityOf = (path: string, method: string) => document.paths[path]?.[method];
    const keys = [{ apiKey: [] }, { projectId: [], environment: [] }];
    const withBearer = keys.map((key) => ({ ...key, bearer: [] }));
    expect(securityOf("/v1/openapi.json", "get")).toMatchObject({ security: [] });
    expect(securityOf("/v1/auth/email/signup", "post")).toMatchObject({ security: keys });
    expect(securityOf("/v1/auth/me", "get")).toMatchObject({ security: withBearer });
    expect(securityOf("/v1/data/articles", "get")).toMatchObject({ security: [...keys, ...withBearer] });
  });
});
