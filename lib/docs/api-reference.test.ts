import { describe, expect, test } from "vitest";
import { contracts } from "@/lib/api/contracts";
import { errorCodesOf } from "@/lib/api/openapi";
import { apiReference } from "./api-reference";
import { fieldsOf } from "./schema-fields";

const operations = apiReference();

function operation(id: string) {
  const found = operations.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`There is no ${id}`);
  return found;
}

describe("the reference", () => {
  test("lists every endpoint with a unique ID", () => {
    expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual(
      contracts.map(({ method, path }) => `${method} ${path}`),
    );
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  });

  test("shows the credentials that an endpoint requires", () => {
    expect(operation("getOpenapiJson").identification).toBe("none");
    expect(operation("postAuthEmailSignin").identification).toBe("key");
    expect(operation("getDataArticles").identification).toBe("keyOrToken");
    expect(operation("getAuthMe").identification).toBe("token");
  });

  test("describes each field of each request and response", () => {
    const undescribed = operations.flatMap(({ id, parameters, body, success }) =>
      [...parameters, ...body, ...success.fields]
        // WebAuthn describes its own JSON.
        .filter(({ name, description }) => !description && !isWebAuthn(id, name))
        .map(({ name }) => `${id}: ${name}`),
    );
    expect(undescribed, "Fields that need .meta({ description }) in their contract").toEqual([]);
  });

  test("lists fields with their types, bounds and defaults", () => {
    const { body, parameters, success } = operation("postDataArticles");
    expect(parameters).toEqual([]);
    expect(body).toContainEqual(
      expect.objectContaining({ name: "title", type: "string", isRequired: true, facts: ["1–200"] }),
    );
    expect(body).toContainEqual(expect.objectContaining({ name: "isPublished", facts: ["= false"] }));
    expect(success.status).toBe(201);
    expect(success.fields).toContainEqual(expect.objectContaining({ name: "author.name", type: "string" }));
    expect(operation("getDataArticles").parameters).toContainEqual(
      expect.objectContaining({ name: "limit", in: "query", isRequired: false }),
    );
  });

  test("lists the media types of binary requests and responses", () => {
    expect(operation("putStorageKey").bodyTypes).toContain("image/png");
    expect(operation("getStorageKey").success.types).toContain("image/png");
    expect(operation("postDataArticles").bodyTypes).toEqual([]);
  });

  test("lists every error of every endpoint", () => {
    operations.forEach(({ errors }, index) => {
      const contract = contracts[index];
      expect(errors.map(({ code }) => code)).toEqual(contract && errorCodesOf(contract));
    });
  });
});

describe("the examples", () => {
  const withBody = contracts.flatMap((contract, index) => {
    const example = operations[index]?.example;
    return contract.body && example
      ? [{ name: `${contract.method} ${contract.path}`, contract, example }]
      : [];
  });

  test.each(withBody)("the example of $name is valid", ({ contract, example }) => {
    expect(contract.body?.safeParse(example.body).error?.issues).toBeUndefined();
    expect(example.curl).toContain("-d '{");
    expect(example.typescript).toContain("body: {");
  });

  test("send only what the endpoint requires", () => {
    expect(operation("getAuthMe").example).toEqual({
      curl: 'curl $API/v1/auth/me \\\n  -H "X-API-Key: $KEY" -H "Authorization: Bearer $ACCESS"',
      typescript: 'const answer = await bkendFetch("/v1/auth/me");',
    });
    expect(operation("getOpenapiJson").example.curl).toBe("curl $API/v1/openapi.json");
    expect(operation("deleteDataArticlesId").example.curl).toContain(
      "curl -X DELETE $API/v1/data/articles/$ID",
    );
  });

  test("mark the placeholders", () => {
    expect(operation("getUsersUserId").example.typescript).toMatch(/`\/v1\/users\/\$\{userId\}`/);
    expect(operation("getUsersUserId").example.curl).toContain("/v1/users/$USER_ID");
  });
});

test("limits the depth of a recursive schema", () => {
  const node = { type: "object" as const, properties: { next: { $ref: "#/components/schemas/Node" } } };
  expect(fieldsOf({ $ref: "#/components/schemas/Node" }, { Node: node }).length).toBeLessThan(10);
});

function isWebAuthn(operationId: string, field: string): boolean {
  return operationId.endsWith("Options") || /^response\b/.test(field);
}
