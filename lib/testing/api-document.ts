import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { openApiDocument } from "@/lib/api/openapi";
import type { Answer } from "./caller";

export type ApiDocument = ReturnType<typeof openApiDocument>;

type Content = { "application/json"?: { schema: unknown } };
type Operation = { responses: Record<string, { content?: Content }> };

const documentId = "https://document.invalid/";
const validators = new WeakMap<ApiDocument, Ajv2020>();

/**
 * Validates a response against the OpenAPI document.
 *
 * @param path the requested path below `/api`.
 * @returns the differences; none for a path that is not in the document.
 */
export function undocumented(
  document: ApiDocument,
  { method, path }: { method: string; path: string },
  { status, body }: Pick<Answer, "status" | "body">,
): string[] {
  const found = findOperation(document, method, path);
  if (!found) return [];

  const { operation, pointer } = found;
  const response = operation.responses[status];
  if (!response) return [`${method} ${path} returned ${status}, which is not documented`];
  if (!response.content?.["application/json"]) return [];

  const validate = validatorOf(document, [
    ...pointer,
    "responses",
    String(status),
    "content",
    "application/json",
    "schema",
  ]);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [`${method} ${path} ${status}`, instancePath, message, JSON.stringify(params)].join(" "),
  );
}

/** Finds the matching operation with the fewest path parameters, as the most specific route wins. */
function findOperation(document: ApiDocument, method: string, path: string) {
  const called = path.split("?")[0]?.split("/") ?? [];
  const templates = Object.keys(document.paths).filter((template) => {
    const parts = template.split("/");
    return (
      parts.length === called.length &&
      parts.every((part, index) => part.startsWith("{") || part === called[index])
    );
  });
  const [template] = templates.sort((a, b) => a.split("{").length - b.split("{").length);
  const verb = method.toLowerCase();
  const operation = template && document.paths[template]?.[verb];
  // The type of the document does not declare operations; each has `responses`.
  return operation ? { operation: operation as Operation, pointer: ["paths", template, verb] } : undefined;
}

function validatorOf(document: ApiDocument, pointer: string[]): ValidateFunction {
  let ajv = validators.get(document);
  if (!ajv) {
    // Not strict: a JSON Schema validator does not know OpenAPI's own keywords and formats.
    ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    ajv.addSchema({ ...document, $id: documentId });
    validators.set(document, ajv);
  }
  const escaped = pointer.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")));
  const validate = ajv.getSchema(`${documentId}#/${escaped.join("/")}`);
  if (!validate) throw new Error(`The document has no schema at ${pointer.join(" ")}`);
  return validate;
}
