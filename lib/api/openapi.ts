import "server-only";
import { z } from "zod";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import { type Contract, invalidInputCode } from "@/lib/core/contract";
import { type ErrorCode, errors } from "@/lib/core/errors";
import { en } from "@/lib/i18n/messages/en";
import { contracts } from "./contracts";

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** By media type. */
type Content = Record<string, { schema: JsonSchema }>;

/** An endpoint as the document describes it. */
export type OpenApiOperation = {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters: { name: string; in: "path" | "query"; required: boolean; schema: JsonSchema }[];
  requestBody?: { required: true; content: Content };
  /** By status. */
  responses: Record<string, { description: string; content?: Content }>;
};

type OpenApiDocument = ReturnType<typeof writeDocument>;

let written: OpenApiDocument | undefined;

/**
 * The OpenAPI document, generated from the same contracts as the routes. Generated at the first call and kept, since
 * it never changes and takes a while.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export function openApiDocument(): OpenApiDocument {
  written ??= writeDocument();
  return written;
}

function writeDocument() {
  const schemas: Schemas = {};
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const contract of contracts) {
    paths[contract.path] = {
      ...paths[contract.path],
      [contract.method.toLowerCase()]: operationOf(contract, schemas),
    };
  }
  return {
    openapi: "3.1.1",
    info: { title: `${site.name.en} API`, version: "1.0.0", description: site.description.en },
    servers: [{ url: `${env().APP_URL}/api` }],
    paths,
    components: {
      schemas: { ...schemas, Error: jsonSchemaOf(errorBody, schemas) },
      securitySchemes: {
        apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
        projectId: { type: "apiKey", in: "header", name: "X-Project-Id" },
        environment: { type: "apiKey", in: "header", name: "X-Environment" },
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
      },
    },
  };
}

/** The named schemas, collected while the document is written. */
type Schemas = Record<string, JsonSchema>;

const errorBody = z.object({
  error: z
    .object({
      code: z.string().meta({ description: "The error code, for programs. It does not change." }),
      message: z
        .string()
        .meta({ description: "A sentence for users, in the language of `Accept-Language`." }),
      details: z
        .array(
          z.object({
            path: z.string().meta({ description: "The name of the field." }),
            message: z.string().meta({ description: "What is wrong with the field, for users." }),
          }),
        )
        .optional()
        .meta({ description: "The fields that are not valid." }),
    })
    .meta({ description: "What went wrong." }),
  // part: social-sign-in
  token: z
    .string()
    .optional()
    .meta({ description: "With `auth/mfa-required` of social sign-in: send it again with `mfaCode`." }),
  // end of part: social-sign-in
});

function operationOf(contract: Contract, schemas: Schemas): OpenApiOperation {
  return {
    operationId: operationId(contract),
    summary: contract.summary,
    description: `Source: ${contract.source}.`,
    tags: contract.path.split("/").slice(2, 3),
    security: securityOf(contract),
    parameters: [
      ...parametersOf("path", contract.params, schemas),
      ...parametersOf("query", contract.query, schemas),
    ],
    ...(contract.body && { requestBody: { required: true, content: jsonOf(contract.body, schemas) } }),
    ...(contract.requestTypes && {
      requestBody: { required: true, content: bytesOf(contract.requestTypes) },
    }),
    responses: {
      ...successOf(contract, schemas),
      ...errorResponsesOf(contract),
    },
  };
}

function successOf({ success, redirects, responseTypes }: Contract, schemas: Schemas) {
  const redirect = { 302: { description: "A browser is redirected." } };
  if (success.status === 302) return redirect;
  const content = responseTypes ? bytesOf(responseTypes) : jsonOf(success.body, schemas);
  return { [success.status]: { description: "Success", content }, ...(redirects && redirect) };
}

/** `post /v1/auth/email/signup` is `postAuthEmailSignup`. */
function operationId({ method, path }: Contract): string {
  const words = path.split(/[^A-Za-z]+/).filter((word) => word && word !== "v");
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function securityOf({ access }: Contract): Record<string, string[]>[] {
  if (access === "open") return [];
  const keys: Record<string, string[]>[] = [{ apiKey: [] }, { projectId: [], environment: [] }];
  const signedIn = keys.map((key) => ({ ...key, bearer: [] }));
  if (access === "public") return keys;
  if (access === "user") return signedIn;
  return [...keys, ...signedIn];
}

function parametersOf(place: "path" | "query", schema: z.ZodObject | undefined, schemas: Schemas) {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchemaOf(schema, schemas);
  return Object.entries(properties).map(([name, parameter]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: typeof parameter === "boolean" ? {} : parameter,
  }));
}

function jsonOf(schema: z.ZodType, schemas: Schemas): Content {
  return { "application/json": { schema: jsonSchemaOf(schema, schemas) } };
}

/** Bytes have no schema beyond their media type. */
function bytesOf(mediaTypes: readonly string[]): Content {
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: {} }]));
}

/**
 * The format on the wire, which is the input side of every schema, responses (codecs) included. Zod puts named
 * schemas beside each use; here they move to `components`, where OpenAPI keeps them.
 */
function jsonSchemaOf(schema: z.ZodType, schemas: Schemas): JsonSchema {
  const json = JSON.stringify(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  const { $schema, $defs, ...rest } = JSON.parse(json.replaceAll('"#/$defs/', '"#/components/schemas/'));
  Object.assign(schemas, $defs);
  return rest;
}

/** @returns every error code that an endpoint may return: its own, and those that its access and its input imply. */
export function errorCodesOf(contract: Contract): ErrorCode[] {
  const { access, body, query, method } = contract;
  return [
    ...new Set<ErrorCode>([
      ...contract.errors,
      ...(access === "open"
        ? []
        : (["common/missing-header", "common/invalid-api-key", "common/invalid-project"] as const)),
      ...(access === "guest" || access === "member" || access === "user"
        ? (["auth/unauthorized", "auth/invalid-token", "auth/token-expired", "auth/account-banned"] as const)
        : []),
      ...(body || query ? [invalidInputCode(contract)] : []),
      ...(body
        ? ([
            "common/invalid-json",
            "common/payload-too-large",
            "common/request-timeout",
            "common/unsupported-media-type",
          ] as const)
        : []),
      ...(contract.addressLimit && method === "POST" ? (["auth/too-many-requests"] as const) : []),
      ...(contract.isAction ? (["common/navigation-required"] as const) : []),
      "common/too-many-requests",
      "common/internal-error",
      "common/unavailable",
    ]),
  ];
}

function errorResponsesOf(contract: Contract): OpenApiOperation["responses"] {
  const allCodes = errorCodesOf(contract);
  const statuses = new Set(allCodes.map((code) => errors[code].status));
  const responses = [...statuses].map((status) => {
    const codes = allCodes.filter((code) => errors[code].status === status);
    return [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${en.errors[code]}`).join("\n\n"),
        content: {
          "application/json": {
            schema: {
              allOf: [
                { $ref: "#/components/schemas/Error" },
                { properties: { error: { properties: { code: { enum: codes } } } } },
              ],
            },
          },
        },
      },
    ];
  });
  return Object.fromEntries(responses);
}
