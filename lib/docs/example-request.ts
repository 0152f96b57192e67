import type { JsonSchema, OpenApiOperation } from "@/lib/api/openapi";
import { resolveRef } from "./schema-fields";

/** A valid request, in two notations. */
export type Example = {
  /** With shell variables: `$API`, `$KEY`, `$ACCESS`. */
  curl: string;
  /** Uses `bkendFetch`. */
  typescript: string;
  /** The body, if the request has one. */
  body?: Record<string, unknown>;
};

type Schemas = Record<string, JsonSchema>;

/** Sample values by field name. */
const samples: Record<string, unknown> = {
  email: "gildong@example.com",
  password: "abc123",
  currentPassword: "abc123",
  newPassword: "a longer secret",
  name: "홍길동",
  nickname: "길동",
  bio: "여백을 좋아해요.",
  title: "첫 글",
  content: "# 안녕하세요",
  category: "일상",
  isPublished: true,
  refreshToken: "rt_…",
  filename: "mountain.png",
  contentType: "image/png",
  mimeType: "image/png",
  originalName: "mountain.png",
  fileSize: 48_213,
  size: 48_213,
  slug: "첫-글",
};

/** Optional fields that examples include. */
const includedOptionals = new Set(["category", "isPublished", "limit"]);

/** @returns the request of an operation, filled with sample values. */
export function exampleRequest(
  { parameters, requestBody, security }: OpenApiOperation,
  { method, path, schemas }: { method: string; path: string; schemas: Schemas },
): Example {
  const schema = requestBody?.content["application/json"]?.schema;
  const body = schema && exampleBody(schema, schemas);
  const sendsFile = requestBody !== undefined && !schema;
  const query = parameters
    .filter(
      (parameter) =>
        parameter.in === "query" && (parameter.required || includedOptionals.has(parameter.name)),
    )
    .map(({ name, schema }) => `${name}=${name === "limit" ? 10 : exampleValue(name, schema, schemas)}`)
    .join("&");
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => `$${shellName(name)}`);
  const needsKey = security.length > 0;
  const takesToken = security.some((scheme) => "bearer" in scheme);

  return { curl: curlOf(), typescript: typescriptOf(), ...(body && { body }) };

  function curlOf(): string {
    const url = query ? `"$API${address}?${query}"` : `$API${address}`;
    const headers = [
      ...(needsKey ? ['-H "X-API-Key: $KEY"'] : []),
      ...(takesToken ? ['-H "Authorization: Bearer $ACCESS"'] : []),
      ...(body ? ["-H 'Content-Type: application/json'"] : []),
    ];
    // The URL is signed, and includes its query.
    if (sendsFile) return `curl -T ${samples.filename} "$URL"`;
    const verb = method === (body ? "POST" : "GET") ? [] : [`-X ${method}`];
    const lines = [
      ["curl", ...verb, url].join(" "),
      ...(headers.length > 0 ? [headers.join(" ")] : []),
      ...(body ? [`-d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`] : []),
    ];
    return lines.join(" \\\n  ");
  }

  function typescriptOf(): string {
    if (sendsFile) return `const answer = await fetch(url, { method: "${method}", body: file });`;
    const target = path.replace(/\{(\w+)\}/g, (_, name: string) => `\${${name}}`) + (query && `?${query}`);
    const quoted = target.includes("$") ? `\`${target}\`` : JSON.stringify(target);
    const options = [
      ...(method === "GET" ? [] : [`  method: "${method}",`]),
      ...(body ? [`  body: ${objectLiteral(body)},`] : []),
    ];
    const call = options.length > 0 ? `${quoted}, {\n${options.join("\n")}\n}` : quoted;
    return `const answer = await bkendFetch(${call});`;
  }
}

function exampleBody(schema: JsonSchema, schemas: Schemas): Record<string, unknown> {
  const named = resolveRef(schema, schemas);
  // Of several variants, use the first.
  const { properties = {}, required = [], examples = [] } = resolveRef(named.oneOf?.[0] ?? named, schemas);
  // A contract whose fields depend on each other contains an example.
  const [given] = examples;
  if (given !== null && typeof given === "object") return { ...given };
  const entries = Object.entries(properties);
  const needed = entries.filter(([name]) => required.includes(name) || includedOptionals.has(name));
  // For a body of only optional fields, show one of them.
  const shown = needed.length > 0 ? needed : entries.slice(0, 1);
  return Object.fromEntries(
    shown.map(([name, property]) => [name, exampleValue(name, resolveRef(property, schemas), schemas)]),
  );
}

function exampleValue(name: string, schema: JsonSchema, schemas: Schemas): unknown {
  if (schema.const !== undefined) return schema.const;
  const sample = Object.hasOwn(samples, name) ? samples[name] : undefined;
  if (schema.enum) return schema.enum.find((value) => value === sample) ?? schema.enum[0];
  if (sample !== undefined) return sample;
  const variant = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (variant !== undefined) return exampleValue(name, resolveRef(variant, schemas), schemas);
  switch (schema.type) {
    case "object":
      return exampleBody(schema, schemas);
    case "array":
      return [];
    case "boolean":
      return true;
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    default:
      return "…";
  }
}

/** `userId` is `$USER_ID` in a shell. */
function shellName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** Formats an object as a TypeScript literal on one line. */
function objectLiteral(value: Record<string, unknown>): string {
  const fields = Object.entries(value).map(([key, field]) => `${key}: ${JSON.stringify(field)}`);
  return `{ ${fields.join(", ")} }`;
}
