import "server-only";
import { contracts } from "@/lib/api/contracts";
import { errorCodesOf, type JsonSchema, type OpenApiOperation, openApiDocument } from "@/lib/api/openapi";
import type { Contract } from "@/lib/core/contract";
import { type ErrorCode, errors } from "@/lib/core/errors";
import { type Example, exampleRequest } from "./example-request";
import { type Field, fieldsOf } from "./schema-fields";

/** The required credentials: none, a key, a key and optionally a token, or both. */
type Identification = "none" | "key" | "keyOrToken" | "token";

/** An endpoint in the reference. */
export type ApiOperation = {
  /** The operation ID, which is also its anchor on the page. */
  id: string;
  /** The part of the API that it belongs to, such as `auth`. */
  group: string;
  method: Contract["method"];
  /** Relative to `/api`, with parameters in braces. */
  path: string;
  summary: string;
  identification: Identification;
  parameters: (Field & { in: "path" | "query" })[];
  body: Field[];
  /** The media types of a body that is not JSON. */
  bodyTypes: string[];
  /** `types` are the media types of a response that is not JSON. */
  success: { status: number; fields: Field[]; types: string[] };
  /** Whether the response may be a redirect. */
  redirects: boolean;
  /** Specific errors first; `isGeneral` marks those that follow from the access and the input. */
  errors: { code: ErrorCode; status: number; isGeneral: boolean }[];
  example: Example;
};

const json = "application/json";

let read: ApiOperation[] | undefined;

/** @returns every endpoint, in the order of the contracts, from the OpenAPI document. */
export function apiReference(): ApiOperation[] {
  read ??= contracts.map(operationOf);
  return read;
}

function operationOf(contract: Contract): ApiOperation {
  const { method, path } = contract;
  const { paths, components } = openApiDocument();
  const operation = paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`The OpenAPI document lacks ${method} ${path}.`);

  const { schemas } = components;
  const sent = operation.requestBody?.content ?? {};
  const answered = operation.responses[contract.success.status]?.content ?? {};
  const body = sent[json]?.schema;
  const answer = answered[json]?.schema;
  return {
    id: operation.operationId,
    group: operation.tags[0] ?? "",
    method,
    path,
    summary: operation.summary,
    identification: identificationOf(operation),
    parameters: operation.parameters.flatMap((parameter) =>
      fieldsOf(objectOf(parameter.name, parameter.schema, parameter.required), schemas).map((field) => ({
        ...field,
        in: parameter.in,
      })),
    ),
    body: body ? fieldsOf(body, schemas) : [],
    bodyTypes: Object.keys(sent).filter((type) => type !== json),
    success: {
      status: contract.success.status,
      fields: answer ? fieldsOf(answer, schemas) : [],
      types: Object.keys(answered).filter((type) => type !== json),
    },
    redirects: "302" in operation.responses,
    errors: errorCodesOf(contract).map((code) => ({
      code,
      status: errors[code].status,
      isGeneral: !contract.errors.includes(code),
    })),
    example: exampleRequest(operation, { method, path, schemas }),
  };
}

function objectOf(name: string, schema: JsonSchema, isRequired: boolean): JsonSchema {
  return { type: "object", properties: { [name]: schema }, required: isRequired ? [name] : [] };
}

function identificationOf({ security }: OpenApiOperation): Identification {
  if (security.length === 0) return "none";
  const withToken = security.filter((scheme) => "bearer" in scheme);
  if (withToken.length === 0) return "key";
  return withToken.length === security.length ? "token" : "keyOrToken";
}
